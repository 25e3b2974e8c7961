-- Times are epoch milliseconds. Ids sort by their bytes, as on every other database. What stands behind a column is kept
-- in sqlite_schema.
CREATE TABLE ${prefix}schema_version (
    version INTEGER NOT NULL PRIMARY KEY,
    description TEXT NOT NULL,
    installed_at INTEGER NOT NULL,  -- epoch milliseconds
    oldest_level INTEGER NOT NULL  -- the level that a process must have to use this schema at all
) STRICT, WITHOUT ROWID;

CREATE TABLE ${prefix}runner (
    id TEXT NOT NULL PRIMARY KEY,  -- an incarnation
    name TEXT NOT NULL,  -- for people: the host's or the process's name
    state TEXT NOT NULL,  -- ALIVE or DEAD
    lease_ms INTEGER NOT NULL,  -- how long it counts as alive after a beat
    beats INTEGER NOT NULL,  -- how often it has beaten
    beat_at INTEGER NOT NULL,  -- its latest beat
    lease_until INTEGER NOT NULL,  -- until when it counts as alive
    started_at INTEGER NOT NULL,  -- when it registered
    died_at INTEGER,  -- when it was marked DEAD
    lock_key INTEGER,  -- the session lock it holds
    server TEXT  -- the server it beats on
) STRICT, WITHOUT ROWID;

CREATE TABLE ${prefix}batch (
    id TEXT NOT NULL PRIMARY KEY,  -- unique, made by the application
    owner TEXT NOT NULL,  -- the application's user it belongs to; - for nobody
    label TEXT,  -- the application's label
    created_at INTEGER NOT NULL,  -- epoch milliseconds; its tasks have the same time
    finished_at INTEGER,  -- when all of its tasks had ended; set once a run
    run INTEGER NOT NULL,  -- how many times it has been started over, from 1
    size INTEGER NOT NULL,  -- how many tasks it was made of
    succeeded INTEGER NOT NULL,  -- tasks that have ended so
    failed INTEGER NOT NULL,  -- tasks that have ended so
    cancelled INTEGER NOT NULL,  -- tasks that have ended so
    skipped INTEGER NOT NULL,  -- tasks that have ended so
    deleted INTEGER NOT NULL,  -- tasks that have been deleted, which are counted as they ended
    revision INTEGER NOT NULL,  -- grows with every change of this row
    concurrency INTEGER,  -- how many of its tasks may be under way at once
    stops_on_failure INTEGER NOT NULL,  -- 1 when a task that fails has the batch stop
    paused INTEGER NOT NULL,  -- 1 while the application has paused it
    stopped INTEGER NOT NULL,  -- 1 when a failure has stopped it
    required_level INTEGER NOT NULL  -- the level that a process must have to change it
) STRICT;

CREATE INDEX ${prefix}batch_created ON ${prefix}batch (created_at, id);
CREATE INDEX ${prefix}batch_owner ON ${prefix}batch (owner, created_at, id);

CREATE TABLE ${prefix}task (
    id TEXT NOT NULL PRIMARY KEY,  -- unique, made by the application; sorts by time
    owner TEXT NOT NULL,  -- the application's user it belongs to; - for nobody
    kind TEXT NOT NULL,  -- how the generation came to be
    label TEXT,  -- the application's label
    provider TEXT,  -- the registered name of the provider that runs it
    model TEXT,  -- the model's name
    processor TEXT,  -- the registered name of its output processor
    handler TEXT,  -- the registered name of the application's own code that runs it
    batch TEXT,  -- its batch
    batch_position INTEGER,  -- its place in the batch, from 0
    batch_key TEXT,  -- its name in the batch, as a plan's step has
    parent TEXT,  -- the generation it was made from
    priority INTEGER NOT NULL,  -- higher runs first
    created_at INTEGER NOT NULL,  -- epoch milliseconds
    due_at INTEGER,  -- when it may start; of a task that waits only
    deadline_at INTEGER,  -- when it must have ended
    claimed_at INTEGER,  -- when its latest claim was made
    finished_at INTEGER,  -- when it ended
    deleted_at INTEGER,  -- when it was deleted; what is left of it then keeps late outcomes out
    state TEXT NOT NULL,  -- WAITING HELD SCHEDULED READY RUNNING UPLOADING AWAITING_DECISION PARKED SUCCEEDED FAILED CANCELLED SKIPPED
    reason TEXT,  -- why it is HELD, PARKED or SKIPPED, or FAILED by the store itself
    reason_detail TEXT,  -- what the reason is about, as the name of an unknown provider
    failure_kind TEXT,  -- what it FAILED with
    failure_blame TEXT,  -- who has to change something: CALLER OPERATOR PROVIDER CONTENT
    failure_status INTEGER,  -- the provider's HTTP status
    run INTEGER NOT NULL,  -- how many times it has been started over, from 1
    epoch INTEGER NOT NULL,  -- the fencing number of its latest claim; 0 before the first
    runner TEXT,  -- who has it while it is RUNNING or UPLOADING
    attempts INTEGER NOT NULL,  -- attempts of this run, the one under way included
    failures INTEGER NOT NULL,  -- attempts that failed and count towards the retry schedule
    crashes INTEGER NOT NULL,  -- attempts whose runner died
    parameter_retries INTEGER NOT NULL,  -- attempts repeated without parameters that the provider refused
    turn_continuations INTEGER NOT NULL,  -- attempts that went on with a turn which the provider had paused
    open_dependencies INTEGER NOT NULL,  -- how many tasks must still succeed before it may run
    fails_on_crash INTEGER NOT NULL,  -- 1 when it fails as soon as its runner dies
    required_level INTEGER NOT NULL,  -- the level that a process must have to change it
    idempotency_key TEXT,  -- unique per owner
    idempotency_hash TEXT,  -- of what was asked for under that key
    handover BLOB  -- what its latest attempt left for the next
) STRICT;

-- Each begins with what is the same in all of its rows: SQLite looks for that, and would rather sort than go without.
CREATE INDEX ${prefix}task_ready ON ${prefix}task (state, priority DESC, created_at, id) WHERE state = 'READY';
CREATE INDEX ${prefix}task_due ON ${prefix}task (state, due_at) WHERE state = 'SCHEDULED';
CREATE INDEX ${prefix}task_deadline ON ${prefix}task (finished_at, deadline_at)
    WHERE finished_at IS NULL AND deadline_at IS NOT NULL;
CREATE INDEX ${prefix}task_runner ON ${prefix}task (runner, id) WHERE runner IS NOT NULL;
-- The states that are rare among many finished tasks; SQLite sees through OR, and not through IN.
CREATE INDEX ${prefix}task_aside ON ${prefix}task (state, created_at, id)
    WHERE state = 'AWAITING_DECISION'
        OR state = 'CANCELLED'
        OR state = 'FAILED'
        OR state = 'HELD'
        OR state = 'PARKED'
        OR state = 'SKIPPED'
        OR state = 'WAITING';
CREATE INDEX ${prefix}task_failed ON ${prefix}task (state, finished_at) WHERE state = 'FAILED';
CREATE INDEX ${prefix}task_label ON ${prefix}task (label, created_at, id) WHERE label IS NOT NULL;
CREATE INDEX ${prefix}task_created ON ${prefix}task (created_at, id);
CREATE INDEX ${prefix}task_owner ON ${prefix}task (owner, created_at, id);
CREATE INDEX ${prefix}task_alone ON ${prefix}task (created_at, id) WHERE batch IS NULL;
CREATE INDEX ${prefix}task_alone_owner ON ${prefix}task (owner, created_at, id) WHERE batch IS NULL;
CREATE INDEX ${prefix}task_parent ON ${prefix}task (parent, created_at, id) WHERE parent IS NOT NULL;
CREATE UNIQUE INDEX ${prefix}task_position ON ${prefix}task (batch, batch_position) WHERE batch IS NOT NULL;
CREATE UNIQUE INDEX ${prefix}task_name ON ${prefix}task (batch, batch_key) WHERE batch_key IS NOT NULL;
CREATE UNIQUE INDEX ${prefix}task_idempotency ON ${prefix}task (owner, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

CREATE TABLE ${prefix}request (
    task TEXT NOT NULL PRIMARY KEY,
    body BLOB NOT NULL  -- what was asked for: versioned JSON
) STRICT;

CREATE TABLE ${prefix}result (
    task TEXT NOT NULL PRIMARY KEY,
    body BLOB NOT NULL  -- what came of it: versioned JSON
) STRICT;

CREATE TABLE ${prefix}attempt (
    task TEXT NOT NULL,
    epoch INTEGER NOT NULL,  -- the claim
    run INTEGER NOT NULL,  -- the task's run
    attempt_no INTEGER NOT NULL,  -- the attempt's number in its run
    outcome TEXT NOT NULL,  -- SUCCEEDED FAILED CANCELLED UNKNOWN LATE
    nonce TEXT,  -- of the outcome that closed it; none until its runner has told
    started_at INTEGER NOT NULL,  -- when the claim was made
    ended_at INTEGER NOT NULL,  -- when the outcome was stored
    delay_ms INTEGER,  -- the wait chosen before the next attempt
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    cache_read_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    reasoning_tokens INTEGER NOT NULL DEFAULT 0,
    failure_kind TEXT,  -- what it failed with
    failure_blame TEXT,  -- who has to change something
    failure_status INTEGER,  -- the provider's HTTP status
    detail BLOB,  -- what was sent and came back: versioned JSON
    PRIMARY KEY (task, epoch)
) STRICT;

CREATE TABLE ${prefix}dependency (
    task TEXT NOT NULL,  -- the one that waits
    depends_on TEXT NOT NULL,  -- the one that must succeed first
    PRIMARY KEY (task, depends_on)
) STRICT, WITHOUT ROWID;

CREATE INDEX ${prefix}dependency_on ON ${prefix}dependency (depends_on);

INSERT INTO ${prefix}schema_version (version, description, installed_at, oldest_level)
VALUES (1, 'tasks', CAST(unixepoch('subsec') * 1000 AS INTEGER), 1);
