-- Times are epoch milliseconds. Ids sort by their bytes, as on every other database.
CREATE TABLE ${prefix}schema_version (
    version integer PRIMARY KEY,
    description text NOT NULL,
    installed_at bigint NOT NULL
);

-- A beat updates this one row; none of what it changes is indexed, so that the update stays on its page.
CREATE TABLE ${prefix}runner (
    id text COLLATE "C" PRIMARY KEY,
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

CREATE TABLE ${prefix}batch (
    id text COLLATE "C" PRIMARY KEY,
    owner text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    max_open integer,
    stops smallint NOT NULL,
    label text
);

CREATE TABLE ${prefix}task (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    epoch bigint NOT NULL,
    created_at bigint NOT NULL,
    due_at bigint,
    deadline_at bigint,
    claimed_at bigint,
    finished_at bigint,
    deleted_at bigint,
    priority integer NOT NULL,
    run integer NOT NULL,
    attempts integer NOT NULL,
    failures integer NOT NULL,
    crashes integer NOT NULL,
    repeats integer NOT NULL,
    pauses integer NOT NULL,
    unmet integer NOT NULL,
    place integer,
    gate smallint NOT NULL,
    crash_fails smallint NOT NULL,
    state text NOT NULL,
    owner text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    reason text,
    runner text COLLATE "C",
    batch text COLLATE "C",
    task_key text COLLATE "C",
    parent text COLLATE "C",
    label text,
    processor text,
    idem_key text COLLATE "C",
    idem_hash text,
    carry bytea
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);

CREATE INDEX ${prefix}task_ready ON ${prefix}task (priority DESC, created_at, id) WHERE state = 'READY';
CREATE INDEX ${prefix}task_due ON ${prefix}task (due_at) WHERE state = 'SCHEDULED';
CREATE INDEX ${prefix}task_deadline ON ${prefix}task (deadline_at)
    WHERE finished_at IS NULL AND deadline_at IS NOT NULL;
CREATE INDEX ${prefix}task_runner ON ${prefix}task (runner) WHERE runner IS NOT NULL;
CREATE INDEX ${prefix}task_parked ON ${prefix}task (id) WHERE state = 'PARKED';
-- The states that are rare among many finished tasks and have no index above.
CREATE INDEX ${prefix}task_aside ON ${prefix}task (state, created_at, id)
    WHERE state IN ('WAITING', 'HELD', 'PARKED', 'FAILED', 'CANCELLED', 'SKIPPED');
CREATE INDEX ${prefix}task_label ON ${prefix}task (label, created_at, id) WHERE label IS NOT NULL;
CREATE INDEX ${prefix}task_created ON ${prefix}task (created_at, id);
CREATE INDEX ${prefix}task_owner ON ${prefix}task (owner, created_at, id);
CREATE INDEX ${prefix}task_parent ON ${prefix}task (parent, created_at, id) WHERE parent IS NOT NULL;
CREATE UNIQUE INDEX ${prefix}task_place ON ${prefix}task (batch, place) WHERE batch IS NOT NULL;
CREATE UNIQUE INDEX ${prefix}task_name ON ${prefix}task (batch, task_key) WHERE task_key IS NOT NULL;
CREATE UNIQUE INDEX ${prefix}task_idem ON ${prefix}task (owner, idem_key) WHERE idem_key IS NOT NULL;

CREATE TABLE ${prefix}request (
    task text COLLATE "C" PRIMARY KEY,
    body bytea NOT NULL
);

CREATE TABLE ${prefix}result (
    task text COLLATE "C" PRIMARY KEY,
    body bytea NOT NULL
);

CREATE TABLE ${prefix}attempt (
    task text COLLATE "C" NOT NULL,
    epoch bigint NOT NULL,
    started_at bigint NOT NULL,
    ended_at bigint NOT NULL,
    delay_ms bigint,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    cache_read_tokens bigint NOT NULL,
    cache_write_tokens bigint NOT NULL,
    run integer NOT NULL,
    attempt_no integer NOT NULL,
    outcome text NOT NULL,
    nonce text,
    detail bytea,
    PRIMARY KEY (task, epoch)
);

CREATE TABLE ${prefix}dependency (
    task text COLLATE "C" NOT NULL,
    depends_on text COLLATE "C" NOT NULL,
    PRIMARY KEY (task, depends_on)
);

CREATE INDEX ${prefix}dependency_on ON ${prefix}dependency (depends_on);

INSERT INTO ${prefix}schema_version (version, description, installed_at)
VALUES (1, 'tasks', CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint));
