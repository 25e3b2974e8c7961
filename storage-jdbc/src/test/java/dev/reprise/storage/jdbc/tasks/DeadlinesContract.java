package dev.reprise.storage.jdbc.tasks;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.limited;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.task;
import static dev.reprise.storage.jdbc.Tasks.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.storage.jdbc.TestDatabase;
import dev.reprise.store.NewTask;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskEnd;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
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
    private final List<Connection> open = new ArrayList<>();

    abstract TestDatabase createDatabase();

    @BeforeEach
    void open() {
        database = createDatabase();
        store = database.store();
        runner = runner(store);
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection transaction : open) {
            end(transaction);
        }
        database.close();
    }

    private void pass(Duration time) {
        database.advance(time);
        runner.beat();
    }

    /** Whatever has ended now by itself, and what followed. */
    private List<GenerationId> expired() {
        return runner.expire().stream().map(TaskEnd::id).toList();
    }

    private TaskState state(String name) {
        return store.find(Scope.ALL, id(name)).orElseThrow().row().state();
    }

    /** A transaction of somebody else that has begun and does not end. */
    private Connection begun(String... locks) throws SQLException {
        var connection = database.source().getConnection();
        connection.setAutoCommit(false);
        open.add(connection);
        try (var statement = connection.createStatement()) {
            for (String sql : locks) {
                statement.execute(sql.replaceAll("\\{(\\w+)}", database.prefix() + "$1"));
            }
        }
        return connection;
    }

    private static void end(Connection transaction) throws SQLException {
        if (transaction.isClosed()) {
            return;
        }
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
        assertThat(expired()).containsExactly(id("c"));
        assertThat(runner.expire()).isEmpty();
        assertThat(state("a")).isEqualTo(TaskState.READY);
        end(frozen);

        assertThat(expired()).containsExactlyInAnyOrder(id("a"), id("b"));
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
        assertThat(expired()).containsExactly(id("b"));
        assertThat(state("a")).isEqualTo(TaskState.READY);
        end(frozen);

        assertThat(expired()).containsExactly(id("a"), id("after-a"));
        assertThat(state("after-a")).isEqualTo(TaskState.SKIPPED);
    }

    @Test
    void manyLockedTasksKeepNoOtherFromItsEnd() throws SQLException {
        store.submit(alone(IntStream.range(0, 600)
                .mapToObj(i -> within(MINUTE, task("t" + i)))
                .toArray(NewTask[]::new)));
        pass(Duration.ofMillis(10));
        store.submit(alone(within(MINUTE, task("later"))));
        pass(MINUTE);

        // One by one: for all of them a whole table is read, and locked, on MariaDB.
        var frozen = begun(IntStream.range(0, 600)
                .mapToObj(i -> "SELECT id FROM {task} WHERE id = 't" + i + "' FOR UPDATE")
                .toArray(String[]::new));
        assertThat(expired()).containsExactly(id("later"));
        assertThat(runner.expire()).isEmpty();
        end(frozen);

        var expired = new HashSet<GenerationId>();
        for (var some = expired(); !some.isEmpty(); some = expired()) {
            expired.addAll(some);
        }
        assertThat(expired).hasSize(600);
    }
}
