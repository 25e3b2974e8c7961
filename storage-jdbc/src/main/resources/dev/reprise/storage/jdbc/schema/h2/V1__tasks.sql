-- Times are epoch milliseconds. Ids sort by their bytes, as on every other database. DDL commits by itself here, so every
-- statement may be run again after a start that was cut off.
CREATE TABLE IF NOT EXISTS ${prefix}schema_version (
    version INT NOT NULL PRIMARY KEY,
    description VARCHAR(200) NOT NULL,
    installed_at BIGINT NOT NULL,
    oldest_level INT NOT NULL
);
COMMENT ON COLUMN ${prefix}schema_version.installed_at IS 'epoch milliseconds';
COMMENT ON COLUMN ${prefix}schema_version.oldest_level IS 'the level that a process must have to use this schema at all';

CREATE TABLE IF NOT EXISTS ${prefix}runner (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    state VARCHAR(16) NOT NULL,
    lease_ms BIGINT NOT NULL,
    beats BIGINT NOT NULL,
    beat_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    died_at BIGINT,
    lock_key BIGINT,
    server VARCHAR(200)
);
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

CREATE TABLE IF NOT EXISTS ${prefix}batch (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    owner VARCHAR(100) NOT NULL,
    label VARCHAR(200),
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    run INT NOT NULL,
    size INT NOT NULL,
    succeeded INT NOT NULL,
    failed INT NOT NULL,
    cancelled INT NOT NULL,
    skipped INT NOT NULL,
    deleted INT NOT NULL,
    revision BIGINT NOT NULL,
    concurrency INT,
    stops_on_failure SMALLINT NOT NULL,
    paused SMALLINT NOT NULL,
    stopped SMALLINT NOT NULL,
    required_level INT NOT NULL
);
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

CREATE INDEX IF NOT EXISTS ${prefix}batch_created ON ${prefix}batch (created_at, id);
CREATE INDEX IF NOT EXISTS ${prefix}batch_owner ON ${prefix}batch (owner, created_at, id);

CREATE TABLE IF NOT EXISTS ${prefix}task (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    owner VARCHAR(100) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    label VARCHAR(200),
    provider VARCHAR(100),
    model VARCHAR(200),
    processor VARCHAR(100),
    handler VARCHAR(100),
    batch VARCHAR(64),
    batch_position INT,
    batch_key VARCHAR(200),
    parent VARCHAR(64),
    priority INT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT,
    deadline_at BIGINT,
    claimed_at BIGINT,
    finished_at BIGINT,
    deleted_at BIGINT,
    state VARCHAR(20) NOT NULL,
    reason VARCHAR(32),
    reason_detail VARCHAR(500),
    failure_kind VARCHAR(32),
    failure_blame VARCHAR(20),
    failure_status INT,
    run INT NOT NULL,
    epoch BIGINT NOT NULL,
    runner VARCHAR(64),
    attempts INT NOT NULL,
    failures INT NOT NULL,
    crashes INT NOT NULL,
    parameter_retries INT NOT NULL,
    turn_continuations INT NOT NULL,
    open_dependencies INT NOT NULL,
    fails_on_crash SMALLINT NOT NULL,
    required_level INT NOT NULL,
    idempotency_key VARCHAR(200),
    idempotency_hash VARCHAR(200),
    handover BLOB
);
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

CREATE INDEX IF NOT EXISTS ${prefix}task_ready ON ${prefix}task (state, priority DESC, created_at, id, required_level);
CREATE INDEX IF NOT EXISTS ${prefix}task_due ON ${prefix}task (state, due_at);
CREATE INDEX IF NOT EXISTS ${prefix}task_deadline ON ${prefix}task (finished_at, deadline_at);
CREATE INDEX IF NOT EXISTS ${prefix}task_state ON ${prefix}task (state, created_at, id);
CREATE INDEX IF NOT EXISTS ${prefix}task_runner ON ${prefix}task (runner);
CREATE INDEX IF NOT EXISTS ${prefix}task_label ON ${prefix}task (label, created_at, id);
CREATE INDEX IF NOT EXISTS ${prefix}task_created ON ${prefix}task (created_at, id);
CREATE INDEX IF NOT EXISTS ${prefix}task_owner ON ${prefix}task (owner, created_at, id);
-- For a feed, which shows tasks that are in no batch beside batches: among all tasks they may be few and far between.
CREATE INDEX IF NOT EXISTS ${prefix}task_alone ON ${prefix}task (batch, created_at, id);
CREATE INDEX IF NOT EXISTS ${prefix}task_alone_owner ON ${prefix}task (owner, batch, created_at, id);
CREATE INDEX IF NOT EXISTS ${prefix}task_parent ON ${prefix}task (parent, created_at, id);
CREATE UNIQUE INDEX IF NOT EXISTS ${prefix}task_position ON ${prefix}task (batch, batch_position);
CREATE UNIQUE INDEX IF NOT EXISTS ${prefix}task_name ON ${prefix}task (batch, batch_key);
CREATE UNIQUE INDEX IF NOT EXISTS ${prefix}task_idempotency ON ${prefix}task (owner, idempotency_key);
CREATE INDEX IF NOT EXISTS ${prefix}task_failed ON ${prefix}task (state, finished_at);

CREATE TABLE IF NOT EXISTS ${prefix}request (
    task VARCHAR(64) NOT NULL PRIMARY KEY,
    body BLOB NOT NULL
);
COMMENT ON COLUMN ${prefix}request.body IS 'what was asked for: versioned JSON';

CREATE TABLE IF NOT EXISTS ${prefix}result (
    task VARCHAR(64) NOT NULL PRIMARY KEY,
    body BLOB NOT NULL
);
COMMENT ON COLUMN ${prefix}result.body IS 'what came of it: versioned JSON';

CREATE TABLE IF NOT EXISTS ${prefix}attempt (
    task VARCHAR(64) NOT NULL,
    epoch BIGINT NOT NULL,
    run INT NOT NULL,
    attempt_no INT NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    nonce VARCHAR(64),
    started_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    delay_ms BIGINT,
    input_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    cache_read_tokens BIGINT NOT NULL,
    cache_write_tokens BIGINT NOT NULL,
    reasoning_tokens BIGINT DEFAULT 0 NOT NULL,
    failure_kind VARCHAR(32),
    failure_blame VARCHAR(20),
    failure_status INT,
    detail BLOB,
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

CREATE TABLE IF NOT EXISTS ${prefix}dependency (
    task VARCHAR(64) NOT NULL,
    depends_on VARCHAR(64) NOT NULL,
    PRIMARY KEY (task, depends_on)
);
COMMENT ON COLUMN ${prefix}dependency.task IS 'the one that waits';
COMMENT ON COLUMN ${prefix}dependency.depends_on IS 'the one that must succeed first';

CREATE INDEX IF NOT EXISTS ${prefix}dependency_on ON ${prefix}dependency (depends_on);

MERGE INTO ${prefix}schema_version (version, description, installed_at, oldest_level) KEY (version)
VALUES (1, 'tasks', EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000, 1);
