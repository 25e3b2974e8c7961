-- Times are epoch milliseconds. Ids sort by their bytes, as on every other database. DDL commits by itself here, so every
-- statement may be run again after a start that was cut off.
CREATE TABLE IF NOT EXISTS ${prefix}schema_version (
    version INT NOT NULL PRIMARY KEY,
    description VARCHAR(200) NOT NULL,
    installed_at BIGINT NOT NULL
);

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

CREATE TABLE IF NOT EXISTS ${prefix}batch (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    owner VARCHAR(100) NOT NULL,
    created_at BIGINT NOT NULL,
    max_open INT,
    stops SMALLINT NOT NULL,
    label VARCHAR(200)
);

CREATE TABLE IF NOT EXISTS ${prefix}task (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    epoch BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT,
    deadline_at BIGINT,
    claimed_at BIGINT,
    finished_at BIGINT,
    deleted_at BIGINT,
    priority INT NOT NULL,
    run INT NOT NULL,
    attempts INT NOT NULL,
    failures INT NOT NULL,
    crashes INT NOT NULL,
    repeats INT NOT NULL,
    pauses INT NOT NULL,
    unmet INT NOT NULL,
    place INT,
    gate SMALLINT NOT NULL,
    crash_fails SMALLINT NOT NULL,
    state VARCHAR(16) NOT NULL,
    owner VARCHAR(100) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    provider VARCHAR(100) NOT NULL,
    model VARCHAR(200) NOT NULL,
    reason VARCHAR(500),
    runner VARCHAR(64),
    batch VARCHAR(64),
    task_key VARCHAR(200),
    parent VARCHAR(64),
    label VARCHAR(200),
    processor VARCHAR(100),
    idem_key VARCHAR(200),
    idem_hash VARCHAR(200),
    carry BLOB
);

CREATE INDEX IF NOT EXISTS ${prefix}task_ready ON ${prefix}task (state, priority DESC, created_at, id);
CREATE INDEX IF NOT EXISTS ${prefix}task_due ON ${prefix}task (state, due_at);
CREATE INDEX IF NOT EXISTS ${prefix}task_deadline ON ${prefix}task (finished_at, deadline_at);
CREATE INDEX IF NOT EXISTS ${prefix}task_state ON ${prefix}task (state, created_at, id);
CREATE INDEX IF NOT EXISTS ${prefix}task_runner ON ${prefix}task (runner);
CREATE INDEX IF NOT EXISTS ${prefix}task_label ON ${prefix}task (label, created_at, id);
CREATE INDEX IF NOT EXISTS ${prefix}task_created ON ${prefix}task (created_at, id);
CREATE INDEX IF NOT EXISTS ${prefix}task_owner ON ${prefix}task (owner, created_at, id);
CREATE INDEX IF NOT EXISTS ${prefix}task_parent ON ${prefix}task (parent, created_at, id);
CREATE UNIQUE INDEX IF NOT EXISTS ${prefix}task_place ON ${prefix}task (batch, place);
CREATE UNIQUE INDEX IF NOT EXISTS ${prefix}task_name ON ${prefix}task (batch, task_key);
CREATE UNIQUE INDEX IF NOT EXISTS ${prefix}task_idem ON ${prefix}task (owner, idem_key);

CREATE TABLE IF NOT EXISTS ${prefix}request (
    task VARCHAR(64) NOT NULL PRIMARY KEY,
    body BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS ${prefix}result (
    task VARCHAR(64) NOT NULL PRIMARY KEY,
    body BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS ${prefix}attempt (
    task VARCHAR(64) NOT NULL,
    epoch BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    delay_ms BIGINT,
    input_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    cache_read_tokens BIGINT NOT NULL,
    cache_write_tokens BIGINT NOT NULL,
    run INT NOT NULL,
    attempt_no INT NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    nonce VARCHAR(64),
    detail BLOB,
    PRIMARY KEY (task, epoch)
);

CREATE TABLE IF NOT EXISTS ${prefix}dependency (
    task VARCHAR(64) NOT NULL,
    depends_on VARCHAR(64) NOT NULL,
    PRIMARY KEY (task, depends_on)
);

CREATE INDEX IF NOT EXISTS ${prefix}dependency_on ON ${prefix}dependency (depends_on);

MERGE INTO ${prefix}schema_version (version, description, installed_at) KEY (version)
VALUES (1, 'tasks', EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000);
