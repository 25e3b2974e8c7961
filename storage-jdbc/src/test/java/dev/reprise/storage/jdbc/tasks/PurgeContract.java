package dev.reprise.storage.jdbc.tasks;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.limited;
import static dev.reprise.storage.jdbc.Tasks.many;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.storage.jdbc.Tasks;
import dev.reprise.storage.jdbc.TestDatabase;
import dev.reprise.store.Retention;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Submission;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a purge removes goes from every table. */
abstract class PurgeContract {

    private static final Retention A_DAY = new Retention(Duration.ofDays(1), 7);

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

    private void finish(Submission submission) {
        store.submit(submission);
        while (runner.storeOutcomes(runner.claim(50).stream()
                                .map(claimed -> Tasks.succeeded(claimed.ref()))
                                .toList())
                        .receipts()
                        .size()
                > 0) {}
        database.advance(Duration.ofSeconds(1));
    }

    private List<String> kept() {
        return database.column("SELECT id FROM {task} ORDER BY id");
    }

    @Test
    void removesWhatEndedLongAgoWithAllThatBelongsToIt() {
        finish(many("old", 30));
        finish(limited("batch", 1, task("b1"), task("b2", "b1")));
        database.advance(Duration.ofDays(1));
        finish(alone(task("young")));
        store.submit(alone(task("open")));

        assertThat(store.purge(A_DAY)).isEqualTo(32);

        assertThat(kept()).containsExactly("open", "young");
        for (String table : List.of("request", "task")) {
            assertThat(database.number("SELECT COUNT(*) FROM {" + table + "}")).isEqualTo(2);
        }
        for (String table : List.of("result", "attempt")) {
            assertThat(database.number("SELECT COUNT(*) FROM {" + table + "}")).isEqualTo(1);
        }
        for (String table : List.of("dependency", "batch")) {
            assertThat(database.number("SELECT COUNT(*) FROM {" + table + "}")).isZero();
        }
        assertThat(store.purge(A_DAY)).isZero();
    }
}
