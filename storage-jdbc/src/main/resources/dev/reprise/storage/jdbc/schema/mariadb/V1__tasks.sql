-- Times are epoch milliseconds. Ids sort by their bytes, as on every other database. DDL commits by itself here, so every
-- statement may be run again after a start that was cut off.
CREATE TABLE IF NOT EXISTS ${prefix}schema_version (
    version INT NOT NULL PRIMARY KEY,
    description VARCHAR(200) NOT NULL,
    installed_at BIGINT NOT NULL COMMENT 'epoch milliseconds',
    oldest_level INT NOT NULL COMMENT 'the level that a process must have to use this schema at all'
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}runner (
    id VARCHAR(64) NOT NULL PRIMARY KEY COMMENT 'an incarnation',
    name VARCHAR(200) NOT NULL COMMENT 'for people: the host''s or the process''s name',
    state VARCHAR(16) NOT NULL COMMENT 'ALIVE or DEAD',
    lease_ms BIGINT NOT NULL COMMENT 'how long it counts as alive after a beat',
    beats BIGINT NOT NULL COMMENT 'how often it has beaten',
    beat_at BIGINT NOT NULL COMMENT 'its latest beat',
    lease_until BIGINT NOT NULL COMMENT 'until when it counts as alive',
    started_at BIGINT NOT NULL COMMENT 'when it registered',
    died_at BIGINT COMMENT 'when it was marked DEAD',
    lock_key BIGINT COMMENT 'the session lock it holds',
    server VARCHAR(200) COMMENT 'the server it beats on'
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}batch (
    id VARCHAR(64) NOT NULL PRIMARY KEY COMMENT 'unique, made by the application',
    owner VARCHAR(100) NOT NULL COMMENT 'the application''s user it belongs to; - for nobody',
    label VARCHAR(200) COMMENT 'the application''s label',
    created_at BIGINT NOT NULL COMMENT 'epoch milliseconds; its tasks have the same time',
    finished_at BIGINT COMMENT 'when all of its tasks had ended; set once a run',
    run INT NOT NULL COMMENT 'how many times it has been started over, from 1',
    size INT NOT NULL COMMENT 'how many tasks it was made of',
    succeeded INT NOT NULL COMMENT 'tasks that have ended so',
    failed INT NOT NULL COMMENT 'tasks that have ended so',
    cancelled INT NOT NULL COMMENT 'tasks that have ended so',
    skipped INT NOT NULL COMMENT 'tasks that have ended so',
    deleted INT NOT NULL COMMENT 'tasks that have been deleted, which are counted as they ended',
    revision BIGINT NOT NULL COMMENT 'grows with every change of this row',
    concurrency INT COMMENT 'how many of its tasks may be under way at once',
    stops_on_failure SMALLINT NOT NULL COMMENT '1 when a task that fails has the batch stop',
    paused SMALLINT NOT NULL COMMENT '1 while the application has paused it',
    stopped SMALLINT NOT NULL COMMENT '1 when a failure has stopped it',
    required_level INT NOT NULL COMMENT 'the level that a process must have to change it',
    INDEX ${prefix}batch_created (created_at, id),
    INDEX ${prefix}batch_owner (owner, created_at, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}task (
    id VARCHAR(64) NOT NULL PRIMARY KEY COMMENT 'unique, made by the application; sorts by time',
    owner VARCHAR(100) NOT NULL COMMENT 'the application''s user it belongs to; - for nobody',
    kind VARCHAR(32) NOT NULL COMMENT 'how the generation came to be',
    label VARCHAR(200) COMMENT 'the application''s label',
    provider VARCHAR(100) COMMENT 'the registered name of the provider that runs it',
    model VARCHAR(200) COMMENT 'the model''s name',
    processor VARCHAR(100) COMMENT 'the registered name of its output processor',
    handler VARCHAR(100) COMMENT 'the registered name of the application''s own code that runs it',
    batch VARCHAR(64) COMMENT 'its batch',
    batch_position INT COMMENT 'its place in the batch, from 0',
    batch_key VARCHAR(200) COMMENT 'its name in the batch, as a plan''s step has',
    parent VARCHAR(64) COMMENT 'the generation it was made from',
    priority INT NOT NULL COMMENT 'higher runs first',
    created_at BIGINT NOT NULL COMMENT 'epoch milliseconds',
    due_at BIGINT COMMENT 'when it may start; of a task that waits only',
    deadline_at BIGINT COMMENT 'when it must have ended',
    claimed_at BIGINT COMMENT 'when its latest claim was made',
    finished_at BIGINT COMMENT 'when it ended',
    deleted_at BIGINT COMMENT 'when it was deleted; what is left of it then keeps late outcomes out',
    state VARCHAR(20) NOT NULL COMMENT 'WAITING HELD SCHEDULED READY RUNNING UPLOADING AWAITING_DECISION PARKED SUCCEEDED FAILED CANCELLED SKIPPED',
    reason VARCHAR(32) COMMENT 'why it is HELD, PARKED or SKIPPED, or FAILED by the store itself',
    reason_detail VARCHAR(500) COMMENT 'what the reason is about, as the name of an unknown provider',
    failure_kind VARCHAR(32) COMMENT 'what it FAILED with',
    failure_blame VARCHAR(20) COMMENT 'who has to change something: CALLER OPERATOR PROVIDER CONTENT',
    failure_status INT COMMENT 'the provider''s HTTP status',
    run INT NOT NULL COMMENT 'how many times it has been started over, from 1',
    epoch BIGINT NOT NULL COMMENT 'the fencing number of its latest claim; 0 before the first',
    runner VARCHAR(64) COMMENT 'who has it while it is RUNNING or UPLOADING',
    attempts INT NOT NULL COMMENT 'attempts of this run, the one under way included',
    failures INT NOT NULL COMMENT 'attempts that failed and count towards the retry schedule',
    crashes INT NOT NULL COMMENT 'attempts whose runner died',
    parameter_retries INT NOT NULL COMMENT 'attempts repeated without parameters that the provider refused',
    turn_continuations INT NOT NULL COMMENT 'attempts that went on with a turn which the provider had paused',
    open_dependencies INT NOT NULL COMMENT 'how many tasks must still succeed before it may run',
    fails_on_crash SMALLINT NOT NULL COMMENT '1 when it fails as soon as its runner dies',
    required_level INT NOT NULL COMMENT 'the level that a process must have to change it',
    idempotency_key VARCHAR(200) COMMENT 'unique per owner',
    idempotency_hash VARCHAR(200) COMMENT 'of what was asked for under that key',
    handover LONGBLOB COMMENT 'what its latest attempt left for the next',
    INDEX ${prefix}task_ready (state, priority DESC, created_at, id),
    INDEX ${prefix}task_due (state, due_at),
    INDEX ${prefix}task_failed (state, finished_at),
    INDEX ${prefix}task_deadline (finished_at, deadline_at),
    INDEX ${prefix}task_runner (runner),
    INDEX ${prefix}task_label (label, created_at, id),
    INDEX ${prefix}task_created (created_at, id),
    INDEX ${prefix}task_owner (owner, created_at, id),
    INDEX ${prefix}task_alone (batch, created_at, id) COMMENT 'for a feed: of those in no batch',
    INDEX ${prefix}task_alone_owner (owner, batch, created_at, id) COMMENT 'for a feed: of those in no batch',
    INDEX ${prefix}task_parent (parent, created_at, id),
    UNIQUE INDEX ${prefix}task_position (batch, batch_position),
    UNIQUE INDEX ${prefix}task_name (batch, batch_key),
    UNIQUE INDEX ${prefix}task_idempotency (owner, idempotency_key)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}request (
    task VARCHAR(64) NOT NULL PRIMARY KEY,
    body LONGBLOB NOT NULL COMMENT 'what was asked for: versioned JSON'
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}result (
    task VARCHAR(64) NOT NULL PRIMARY KEY,
    body LONGBLOB NOT NULL COMMENT 'what came of it: versioned JSON'
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}attempt (
    task VARCHAR(64) NOT NULL,
    epoch BIGINT NOT NULL COMMENT 'the claim',
    run INT NOT NULL COMMENT 'the task''s run',
    attempt_no INT NOT NULL COMMENT 'the attempt''s number in its run',
    outcome VARCHAR(16) NOT NULL COMMENT 'SUCCEEDED FAILED CANCELLED UNKNOWN LATE',
    nonce VARCHAR(64) COMMENT 'of the outcome that closed it; none until its runner has told',
    started_at BIGINT NOT NULL COMMENT 'when the claim was made',
    ended_at BIGINT NOT NULL COMMENT 'when the outcome was stored',
    delay_ms BIGINT COMMENT 'the wait chosen before the next attempt',
    input_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    cache_read_tokens BIGINT NOT NULL,
    cache_write_tokens BIGINT NOT NULL,
    reasoning_tokens BIGINT NOT NULL DEFAULT 0 COMMENT 'those of the output tokens that the model thought with',
    failure_kind VARCHAR(32) COMMENT 'what it failed with',
    failure_blame VARCHAR(20) COMMENT 'who has to change something',
    failure_status INT COMMENT 'the provider''s HTTP status',
    detail LONGBLOB COMMENT 'what was sent and came back: versioned JSON',
    PRIMARY KEY (task, epoch)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}dependency (
    task VARCHAR(64) NOT NULL COMMENT 'the one that waits',
    depends_on VARCHAR(64) NOT NULL COMMENT 'the one that must succeed first',
    PRIMARY KEY (task, depends_on),
    INDEX ${prefix}dependency_on (depends_on)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

INSERT IGNORE INTO ${prefix}schema_version (version, description, installed_at, oldest_level)
VALUES (1, 'tasks', TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000, 1);
