-- Times are epoch milliseconds. Ids sort by their bytes, as on every other database. DDL commits by itself here, so every
-- statement may be run again after a start that was cut off.
CREATE TABLE IF NOT EXISTS ${prefix}schema_version (
    version INT NOT NULL PRIMARY KEY,
    description VARCHAR(200) NOT NULL,
    installed_at BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}batch (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    owner VARCHAR(100) NOT NULL,
    created_at BIGINT NOT NULL,
    max_open INT,
    stops SMALLINT NOT NULL,
    label VARCHAR(200)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

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
    carry LONGBLOB,
    INDEX ${prefix}task_ready (state, priority DESC, created_at, id),
    INDEX ${prefix}task_due (state, due_at),
    INDEX ${prefix}task_deadline (finished_at, deadline_at),
    INDEX ${prefix}task_runner (runner),
    INDEX ${prefix}task_label (label, created_at, id),
    INDEX ${prefix}task_created (created_at, id),
    INDEX ${prefix}task_owner (owner, created_at, id),
    INDEX ${prefix}task_parent (parent, created_at, id),
    UNIQUE INDEX ${prefix}task_place (batch, place),
    UNIQUE INDEX ${prefix}task_name (batch, task_key),
    UNIQUE INDEX ${prefix}task_idem (owner, idem_key)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}request (
    task VARCHAR(64) NOT NULL PRIMARY KEY,
    body LONGBLOB NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}result (
    task VARCHAR(64) NOT NULL PRIMARY KEY,
    body LONGBLOB NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

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
    detail LONGBLOB,
    PRIMARY KEY (task, epoch)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS ${prefix}dependency (
    task VARCHAR(64) NOT NULL,
    depends_on VARCHAR(64) NOT NULL,
    PRIMARY KEY (task, depends_on),
    INDEX ${prefix}dependency_on (depends_on)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

INSERT IGNORE INTO ${prefix}schema_version (version, description, installed_at)
VALUES (1, 'tasks', TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000);
