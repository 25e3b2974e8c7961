package dev.reprise.storage.jdbc;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.limited;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.task;
import static dev.reprise.storage.jdbc.Tasks.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines that come while somebody has locked what they concern, as a process does that froze in a transaction. */
@Timeout(120)
abstract class DeadlinesContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private TestDatabase database;
    private JdbcTaskStore store;
    private RunnerSession runner;

    abstract TestDatabase createDatabase();

    @BeforeEach
    void open() {
        database = createDatabase();
        store = database.store();
        runner = runner(store);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void pass(Duration time) {
        database.advance(time);
        runner.beat();
    }

    private TaskState state(String name) {
        return store.find(Scope.ALL, id(name)).orElseThrow().row().state();
    }

    /** A transaction of somebody else that has begun and does not end. */
    private Connection begun(String sql) throws SQLException {
        var connection = database.source().getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(sql.replaceAll("\\{(\\w+)}", database.prefix() + "$1"));
        }
        return connection;
    }

    private static void end(Connection transaction) throws SQLException {
        transaction.rollback();
        transaction.setAutoCommit(true);
        transaction.close();
    }

    @Test
    void lockedBatchKeepsNothingElseFromItsEndOrItsStart() throws SQLException {
        store.submit(limited("batch-1", 1, within(MINUTE, task("a")), within(MINUTE, task("b"))));
        store.submit(alone(within(MINUTE, task("c")), task("d")));
        pass(MINUTE);

        var frozen = begun("SELECT id FROM {batch} WHERE id = 'batch-1' FOR UPDATE");
        assertThat(runner.promote().untilDeadline()).isZero();
        assertThat(runner.expire()).containsExactly(id("c"));
        assertThat(runner.expire()).isEmpty();
        assertThat(state("a")).isEqualTo(TaskState.READY);
        end(frozen);

        assertThat(runner.expire()).containsExactlyInAnyOrder(id("a"), id("b"));
        assertThat(runner.claim(10)).extracting(claimed -> claimed.row().id()).containsExactly(id("d"));
    }

    @Test
    void taskThatIsBeingClaimedIsItsRunners() throws SQLException {
        store.submit(alone(within(MINUTE, task("a"))));
        pass(MINUTE);

        var claim = begun("UPDATE {task} SET state = 'RUNNING', runner = '" + runner.id() + "', epoch = 1, attempts = 1"
                + " WHERE id = 'a'");
        assertThat(runner.expire()).isEmpty();
        claim.commit();
        end(claim);

        assertThat(runner.expire()).isEmpty();
        assertThat(state("a")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void lockedDependentKeepsOnlyItsOwnFromTheEnd() throws SQLException {
        store.submit(alone(within(MINUTE, task("a")), within(MINUTE, task("b")), task("after-a", "a")));
        pass(MINUTE);

        var frozen = begun("SELECT id FROM {task} WHERE id = 'after-a' FOR UPDATE");
        assertThat(runner.expire()).containsExactly(id("b"));
        assertThat(state("a")).isEqualTo(TaskState.READY);
        end(frozen);

        assertThat(runner.expire()).containsExactly(id("a"));
        assertThat(state("after-a")).isEqualTo(TaskState.SKIPPED);
    }
}
