package dev.reprise.benchmarks;

import dev.reprise.identity.IdSource;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.sql.DataSource;

/**
 * What plain JDBC costs that writes the rows that Reprise writes, into Reprise's own tables, and does nothing else: no
 * leases, no retries, no checks, no library. How outcomes are committed is the subclass's.
 */
abstract class Floor implements Contender {

    /** Whether any of Reprise's tasks is ready or under way; answered from indexes, so that asking costs little. */
    static final String UNFINISHED = """
            SELECT EXISTS (SELECT 1 FROM reprise_task WHERE runner IS NOT NULL)
                OR EXISTS (SELECT 1 FROM reprise_task WHERE state = 'READY')""";

    /** How many of Reprise's tasks have not succeeded. */
    static final String INCOMPLETE = "SELECT count(*) FROM reprise_task WHERE state <> 'SUCCEEDED'";

    private static final String NOW = "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)";
    // IS NOT DISTINCT FROM uses no index: the planner would take the runner's for empty and join the hundreds in it.
    private static final String SETTLE = """
            WITH done AS (
                UPDATE reprise_task t SET state = 'SUCCEEDED', runner = NULL, finished_at = %s
                %s AND t.runner IS NOT DISTINCT FROM 'floor' AND t.state = 'RUNNING'
                RETURNING t.id, t.epoch, t.claimed_at, t.finished_at, t.run, t.attempts
            ), attempts AS (
                INSERT INTO reprise_attempt (task, epoch, started_at, ended_at, input_tokens, output_tokens,
                    cache_read_tokens, cache_write_tokens, run, attempt_no, outcome, nonce, detail)
                SELECT id, epoch, claimed_at, finished_at, 0, 0, 0, 0, run, attempts, 'SUCCEEDED', id, ? FROM done
            )
            INSERT INTO reprise_result (task, body) SELECT id, ? FROM done""";
    private static final String SETTLE_ALL =
            SETTLE.formatted(NOW, "FROM unnest(?, ?) AS v (id, epoch) WHERE t.id = v.id AND t.epoch = v.epoch");
    // Not an array of one: the server would plan that anew each time.
    private static final String SETTLE_ONE = SETTLE.formatted(NOW, "WHERE t.id = ? AND t.epoch = ?");
    private static final String INSERT_TASKS = """
            INSERT INTO reprise_task (id, epoch, created_at, claimed_at, runner, priority, run, attempts, failures,
                crashes, repeats, pauses, unmet, gate, crash_fails, state, owner, kind, provider, model)
            SELECT id, %2$d, %1$s, %3$s, %4$s, 0, 1, %2$d, 0, 0, 0, 0, 0, 0, 0, '%5$s', '-', 'SINGLE', 'no-op', 'no-op'
            FROM unnest(?) AS v (id)""";
    private static final String INSERT_READY = INSERT_TASKS.formatted(NOW, 0, "NULL", "NULL", "READY");
    private static final String INSERT_CLAIMED = INSERT_TASKS.formatted(NOW, 1, NOW, "'floor'", "RUNNING");
    private static final String INSERT_REQUESTS = "INSERT INTO reprise_request (task, body) SELECT * FROM unnest(?, ?)";
    private static final String CLAIM = """
            WITH pick AS MATERIALIZED (
                SELECT id FROM reprise_task WHERE state = 'READY'
                ORDER BY priority DESC, created_at, id LIMIT ? FOR UPDATE SKIP LOCKED
            ), t AS (
                UPDATE reprise_task u SET state = 'RUNNING', epoch = u.epoch + 1, attempts = u.attempts + 1,
                    runner = 'floor', claimed_at = %s
                FROM pick WHERE u.id = pick.id RETURNING u.id, u.epoch
            )
            SELECT t.id, t.epoch, q.body FROM t JOIN reprise_request q ON q.task = t.id""".formatted(NOW);

    // What Reprise stores for a task that answers "ok". The row bytes in the report show whether that is still so.
    private static final String REQUEST_HEAD =
            "{\"v\":1,\"provider\":\"no-op\",\"model\":\"no-op\",\"messages\":[{\"role\":\"user\",\"text\":\"";
    private static final String REQUEST_TAIL = "\"}]}";
    private static final String SENT = "\"sent\":{\"model\":\"no-op\",\"parameters\":{}}";
    private static final byte[] DETAIL = bytes("{" + SENT + "}");
    private static final byte[] RESULT =
            bytes("{\"result\":{\"rawText\":\"ok\",\"metadata\":{},\"stopReason\":\"END\"," + SENT + "}}");

    private final DataSource pool;
    private final Executions executions;
    private final IdSource ids = IdSource.timeOrdered(InstantSource.system(), new SplittableRandom());

    Floor(DataSource pool, Executions executions) {
        this.pool = pool;
        this.executions = executions;
    }

    /** A task under way. */
    record Claimed(String id, long epoch, String text) {}

    @Override
    public void createTables() {
        JdbcTaskStore.create(pool).close();
    }

    @Override
    public void enqueue(List<String> texts) throws SQLException {
        inTransaction(connection -> insert(connection, INSERT_READY, texts));
    }

    @Override
    public void submit(String text) throws SQLException {
        var id = inTransaction(connection -> insert(connection, INSERT_CLAIMED, List.of(text)))
                .get(0);
        var claimed = new Claimed(id, 1, text);
        run(claimed);
        settle(claimed);
    }

    private List<String> insert(Connection connection, String tasks, List<String> texts) throws SQLException {
        var fresh = texts.stream().map(text -> ids.next()).toList();
        var bodies = texts.stream()
                .map(text -> bytes(REQUEST_HEAD + text + REQUEST_TAIL))
                .toArray(byte[][]::new);
        try (var statement = connection.prepareStatement(tasks)) {
            setTexts(statement, 1, fresh);
            statement.executeUpdate();
        }
        try (var statement = connection.prepareStatement(INSERT_REQUESTS)) {
            setTexts(statement, 1, fresh);
            statement.setArray(2, connection.createArrayOf("bytea", bodies));
            statement.executeUpdate();
        }
        return fresh;
    }

    /** Claims up to a number of tasks, in one statement and one transaction. */
    List<Claimed> claim(int limit) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(CLAIM)) {
            statement.setInt(1, limit);
            var claimed = new ArrayList<Claimed>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var body = new String(rows.getBytes(3), StandardCharsets.UTF_8);
                    var text = body.substring(REQUEST_HEAD.length(), body.length() - REQUEST_TAIL.length());
                    claimed.add(new Claimed(rows.getString(1), rows.getLong(2), text));
                }
            }
            return claimed;
        }
    }

    void run(Claimed task) {
        executions.ran(task.text);
    }

    /** Stores outcomes, in one statement and one transaction. */
    void settle(List<Claimed> tasks) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(SETTLE_ALL)) {
            setTexts(statement, 1, tasks.stream().map(Claimed::id).toList());
            var epochs = tasks.stream().map(Claimed::epoch).toArray();
            statement.setArray(2, connection.createArrayOf("bigint", epochs));
            settle(statement, tasks.size());
        }
    }

    /** Stores one outcome, in one statement and one transaction. */
    void settle(Claimed task) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(SETTLE_ONE)) {
            statement.setString(1, task.id);
            statement.setLong(2, task.epoch);
            settle(statement, 1);
        }
    }

    private static void settle(PreparedStatement statement, int tasks) throws SQLException {
        statement.setBytes(3, DETAIL);
        statement.setBytes(4, RESULT);
        if (statement.executeUpdate() != tasks) {
            throw new IllegalStateException("an outcome found no task");
        }
    }

    /** Work with a connection. */
    @FunctionalInterface
    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            var result = work.in(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        }
    }

    private static void setTexts(PreparedStatement statement, int index, List<String> texts) throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf("text", texts.toArray()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String unfinished() {
        return UNFINISHED;
    }

    @Override
    public String incomplete() {
        return INCOMPLETE;
    }
}
