-- Times are epoch milliseconds. Ids sort by their bytes, as on every other database.
CREATE TABLE ${prefix}schema_version (
    version integer NOT NULL PRIMARY KEY,
    description text NOT NULL,
    installed_at bigint NOT NULL,
    oldest_level integer NOT NULL
);
COMMENT ON COLUMN ${prefix}schema_version.installed_at IS 'epoch milliseconds';
COMMENT ON COLUMN ${prefix}schema_version.oldest_level IS 'the level that a process must have to use this schema at all';

-- A beat updates this one row; none of what it changes is indexed, so that the update stays on its page.
CREATE TABLE ${prefix}runner (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    name text NOT NULL,
    state text NOT NULL,
    lease_ms bigint NOT NULL,
    beats bigint NOT NULL,
    beat_at bigint NOT NULL,
    lease_until bigint NOT NULL,
    started_at bigint NOT NULL,
    died_at bigint,
    lock_key bigint,
    server text
) WITH (fillfactor = 50);
COMMENT ON COLUMN ${prefix}runner.id IS 'an incarnation';
COMMENT ON COLUMN ${prefix}runner.name IS 'for people: the host''s or the process''s name';
COMMENT ON COLUMN ${prefix}runner.state IS 'ALIVE or DEAD';
COMMENT ON COLUMN ${prefix}runner.lease_ms IS 'how long it counts as alive after a beat';
COMMENT ON COLUMN ${prefix}runner.beats IS 'how often it has beaten';
COMMENT ON COLUMN ${prefix}runner.beat_at IS 'its latest beat';
COMMENT ON COLUMN ${prefix}runner.lease_until IS 'until when it counts as alive';
COMMENT ON COLUMN ${prefix}runner.started_at IS 'when it registered';
COMMENT ON COLUMN ${prefix}runner.died_at IS 'when it was marked DEAD';
COMMENT ON COLUMN ${prefix}runner.lock_key IS 'the session lock it holds';
COMMENT ON COLUMN ${prefix}runner.server IS 'the server it beats on';

CREATE TABLE ${prefix}batch (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    owner text COLLATE "C" NOT NULL,
    label text,
    created_at bigint NOT NULL,
    finished_at bigint,
    run integer NOT NULL,
    size integer NOT NULL,
    succeeded integer NOT NULL,
    failed integer NOT NULL,
    cancelled integer NOT NULL,
    skipped integer NOT NULL,
    deleted integer NOT NULL,
    revision bigint NOT NULL,
    concurrency integer,
    stops_on_failure smallint NOT NULL,
    paused smallint NOT NULL,
    stopped smallint NOT NULL,
    required_level integer NOT NULL
) WITH (fillfactor = 80);
COMMENT ON COLUMN ${prefix}batch.id IS 'unique, made by the application';
COMMENT ON COLUMN ${prefix}batch.owner IS 'the application''s user it belongs to; - for nobody';
COMMENT ON COLUMN ${prefix}batch.label IS 'the application''s label';
COMMENT ON COLUMN ${prefix}batch.created_at IS 'epoch milliseconds; its tasks have the same time';
COMMENT ON COLUMN ${prefix}batch.finished_at IS 'when all of its tasks had ended; set once a run';
COMMENT ON COLUMN ${prefix}batch.run IS 'how many times it has been started over, from 1';
COMMENT ON COLUMN ${prefix}batch.size IS 'how many tasks it was made of';
COMMENT ON COLUMN ${prefix}batch.succeeded IS 'tasks that have ended so';
COMMENT ON COLUMN ${prefix}batch.failed IS 'tasks that have ended so';
COMMENT ON COLUMN ${prefix}batch.cancelled IS 'tasks that have ended so';
COMMENT ON COLUMN ${prefix}batch.skipped IS 'tasks that have ended so';
COMMENT ON COLUMN ${prefix}batch.deleted IS 'tasks that have been deleted, which are counted as they ended';
COMMENT ON COLUMN ${prefix}batch.revision IS 'grows with every change of this row';
COMMENT ON COLUMN ${prefix}batch.concurrency IS 'how many of its tasks may be under way at once';
COMMENT ON COLUMN ${prefix}batch.stops_on_failure IS '1 when a task that fails has the batch stop';
COMMENT ON COLUMN ${prefix}batch.paused IS '1 while the application has paused it';
COMMENT ON COLUMN ${prefix}batch.stopped IS '1 when a failure has stopped it';
COMMENT ON COLUMN ${prefix}batch.required_level IS 'the level that a process must have to change it';

CREATE INDEX ${prefix}batch_created ON ${prefix}batch (created_at, id);
CREATE INDEX ${prefix}batch_owner ON ${prefix}batch (owner, created_at, id);

CREATE TABLE ${prefix}task (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    owner text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    label text,
    provider text,
    model text,
    processor text,
    handler text,
    batch text COLLATE "C",
    batch_position integer,
    batch_key text COLLATE "C",
    parent text COLLATE "C",
    priority integer NOT NULL,
    created_at bigint NOT NULL,
    due_at bigint,
    deadline_at bigint,
    claimed_at bigint,
    finished_at bigint,
    deleted_at bigint,
    state text NOT NULL,
    reason text,
    reason_detail text,
    failure_kind text,
    failure_blame text,
    failure_status integer,
    run integer NOT NULL,
    epoch bigint NOT NULL,
    runner text COLLATE "C",
    attempts integer NOT NULL,
    failures integer NOT NULL,
    crashes integer NOT NULL,
    parameter_retries integer NOT NULL,
    turn_continuations integer NOT NULL,
    open_dependencies integer NOT NULL,
    fails_on_crash smallint NOT NULL,
    required_level integer NOT NULL,
    idempotency_key text COLLATE "C",
    idempotency_hash text,
    handover bytea
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
COMMENT ON COLUMN ${prefix}task.id IS 'unique, made by the application; sorts by time';
COMMENT ON COLUMN ${prefix}task.owner IS 'the application''s user it belongs to; - for nobody';
COMMENT ON COLUMN ${prefix}task.kind IS 'how the generation came to be';
COMMENT ON COLUMN ${prefix}task.label IS 'the application''s label';
COMMENT ON COLUMN ${prefix}task.provider IS 'the registered name of the provider that runs it';
COMMENT ON COLUMN ${prefix}task.model IS 'the model''s name';
COMMENT ON COLUMN ${prefix}task.processor IS 'the registered name of its output processor';
COMMENT ON COLUMN ${prefix}task.handler IS 'the registered name of the application''s own code that runs it';
COMMENT ON COLUMN ${prefix}task.batch IS 'its batch';
COMMENT ON COLUMN ${prefix}task.batch_position IS 'its place in the batch, from 0';
COMMENT ON COLUMN ${prefix}task.batch_key IS 'its name in the batch, as a plan''s step has';
COMMENT ON COLUMN ${prefix}task.parent IS 'the generation it was made from';
COMMENT ON COLUMN ${prefix}task.priority IS 'higher runs first';
COMMENT ON COLUMN ${prefix}task.created_at IS 'epoch milliseconds';
COMMENT ON COLUMN ${prefix}task.due_at IS 'when it may start; of a task that waits only';
COMMENT ON COLUMN ${prefix}task.deadline_at IS 'when it must have ended';
COMMENT ON COLUMN ${prefix}task.claimed_at IS 'when its latest claim was made';
COMMENT ON COLUMN ${prefix}task.finished_at IS 'when it ended';
COMMENT ON COLUMN ${prefix}task.deleted_at IS 'when it was deleted; what is left of it then keeps late outcomes out';
COMMENT ON COLUMN ${prefix}task.state IS 'WAITING HELD SCHEDULED READY RUNNING UPLOADING AWAITING_DECISION PARKED SUCCEEDED FAILED CANCELLED SKIPPED';
COMMENT ON COLUMN ${prefix}task.reason IS 'why it is HELD, PARKED or SKIPPED, or FAILED by the store itself';
COMMENT ON COLUMN ${prefix}task.reason_detail IS 'what the reason is about, as the name of an unknown provider';
COMMENT ON COLUMN ${prefix}task.failure_kind IS 'what it FAILED with';
COMMENT ON COLUMN ${prefix}task.failure_blame IS 'who has to change something: CALLER OPERATOR PROVIDER CONTENT';
COMMENT ON COLUMN ${prefix}task.failure_status IS 'the provider''s HTTP status';
COMMENT ON COLUMN ${prefix}task.run IS 'how many times it has been started over, from 1';
COMMENT ON COLUMN ${prefix}task.epoch IS 'the fencing number of its latest claim; 0 before the first';
COMMENT ON COLUMN ${prefix}task.runner IS 'who has it while it is RUNNING or UPLOADING';
COMMENT ON COLUMN ${prefix}task.attempts IS 'attempts of this run, the one under way included';
COMMENT ON COLUMN ${prefix}task.failures IS 'attempts that failed and count towards the retry schedule';
COMMENT ON COLUMN ${prefix}task.crashes IS 'attempts whose runner died';
COMMENT ON COLUMN ${prefix}task.parameter_retries IS 'attempts repeated without parameters that the provider refused';
COMMENT ON COLUMN ${prefix}task.turn_continuations IS 'attempts that went on with a turn which the provider had paused';
COMMENT ON COLUMN ${prefix}task.open_dependencies IS 'how many tasks must still succeed before it may run';
COMMENT ON COLUMN ${prefix}task.fails_on_crash IS '1 when it fails as soon as its runner dies';
COMMENT ON COLUMN ${prefix}task.required_level IS 'the level that a process must have to change it';
COMMENT ON COLUMN ${prefix}task.idempotency_key IS 'unique per owner';
COMMENT ON COLUMN ${prefix}task.idempotency_hash IS 'of what was asked for under that key';
COMMENT ON COLUMN ${prefix}task.handover IS 'what its latest attempt left for the next';

CREATE INDEX ${prefix}task_ready ON ${prefix}task (priority DESC, created_at, id) WHERE state = 'READY';
CREATE INDEX ${prefix}task_due ON ${prefix}task (due_at) WHERE state = 'SCHEDULED';
CREATE INDEX ${prefix}task_deadline ON ${prefix}task (deadline_at)
    WHERE finished_at IS NULL AND deadline_at IS NOT NULL;
CREATE INDEX ${prefix}task_runner ON ${prefix}task (runner) WHERE runner IS NOT NULL;
CREATE INDEX ${prefix}task_parked ON ${prefix}task (id)
    WHERE state = 'PARKED' AND reason IN ('unknown_handler', 'unknown_processor', 'unknown_provider');
-- The states that are rare among many finished tasks and have no index above.
CREATE INDEX ${prefix}task_aside ON ${prefix}task (state, created_at, id)
    WHERE state IN ('AWAITING_DECISION', 'CANCELLED', 'FAILED', 'HELD', 'PARKED', 'SKIPPED', 'WAITING');
CREATE INDEX ${prefix}task_failed ON ${prefix}task (finished_at) WHERE state = 'FAILED';
CREATE INDEX ${prefix}task_label ON ${prefix}task (label, created_at, id) WHERE label IS NOT NULL;
CREATE INDEX ${prefix}task_created ON ${prefix}task (created_at, id);
CREATE INDEX ${prefix}task_owner ON ${prefix}task (owner, created_at, id);
-- For a feed, which shows these beside batches: among all tasks they may be few and far between.
CREATE INDEX ${prefix}task_alone ON ${prefix}task (created_at, id) WHERE batch IS NULL;
CREATE INDEX ${prefix}task_alone_owner ON ${prefix}task (owner, created_at, id) WHERE batch IS NULL;
CREATE INDEX ${prefix}task_parent ON ${prefix}task (parent, created_at, id) WHERE parent IS NOT NULL;
CREATE UNIQUE INDEX ${prefix}task_position ON ${prefix}task (batch, batch_position) WHERE batch IS NOT NULL;
CREATE UNIQUE INDEX ${prefix}task_name ON ${prefix}task (batch, batch_key) WHERE batch_key IS NOT NULL;
CREATE UNIQUE INDEX ${prefix}task_idempotency ON ${prefix}task (owner, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

CREATE TABLE ${prefix}request (
    task text COLLATE "C" NOT NULL PRIMARY KEY,
    body bytea NOT NULL
);
COMMENT ON COLUMN ${prefix}request.body IS 'what was asked for: versioned JSON';

CREATE TABLE ${prefix}result (
    task text COLLATE "C" NOT NULL PRIMARY KEY,
    body bytea NOT NULL
);
COMMENT ON COLUMN ${prefix}result.body IS 'what came of it: versioned JSON';

CREATE TABLE ${prefix}attempt (
    task text COLLATE "C" NOT NULL,
    epoch bigint NOT NULL,
    run integer NOT NULL,
    attempt_no integer NOT NULL,
    outcome text NOT NULL,
    nonce text,
    started_at bigint NOT NULL,
    ended_at bigint NOT NULL,
    delay_ms bigint,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    cache_read_tokens bigint NOT NULL,
    cache_write_tokens bigint NOT NULL,
    reasoning_tokens bigint NOT NULL DEFAULT 0,
    failure_kind text,
    failure_blame text,
    failure_status integer,
    detail bytea,
    PRIMARY KEY (task, epoch)
);
COMMENT ON COLUMN ${prefix}attempt.epoch IS 'the claim';
COMMENT ON COLUMN ${prefix}attempt.run IS 'the task''s run';
COMMENT ON COLUMN ${prefix}attempt.attempt_no IS 'the attempt''s number in its run';
COMMENT ON COLUMN ${prefix}attempt.outcome IS 'SUCCEEDED FAILED CANCELLED UNKNOWN LATE';
COMMENT ON COLUMN ${prefix}attempt.nonce IS 'of the outcome that closed it; none until its runner has told';
COMMENT ON COLUMN ${prefix}attempt.started_at IS 'when the claim was made';
COMMENT ON COLUMN ${prefix}attempt.ended_at IS 'when the outcome was stored';
COMMENT ON COLUMN ${prefix}attempt.delay_ms IS 'the wait chosen before the next attempt';
COMMENT ON COLUMN ${prefix}attempt.failure_kind IS 'what it failed with';
COMMENT ON COLUMN ${prefix}attempt.failure_blame IS 'who has to change something';
COMMENT ON COLUMN ${prefix}attempt.failure_status IS 'the provider''s HTTP status';
COMMENT ON COLUMN ${prefix}attempt.detail IS 'what was sent and came back: versioned JSON';

CREATE TABLE ${prefix}dependency (
    task text COLLATE "C" NOT NULL,
    depends_on text COLLATE "C" NOT NULL,
    PRIMARY KEY (task, depends_on)
);
COMMENT ON COLUMN ${prefix}dependency.task IS 'the one that waits';
COMMENT ON COLUMN ${prefix}dependency.depends_on IS 'the one that must succeed first';

CREATE INDEX ${prefix}dependency_on ON ${prefix}dependency (depends_on);

INSERT INTO ${prefix}schema_version (version, description, installed_at, oldest_level)
VALUES (1, 'tasks', CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint), 1);
