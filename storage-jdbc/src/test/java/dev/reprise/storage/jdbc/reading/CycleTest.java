package dev.reprise.storage.jdbc.reading;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.child;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.storage.jdbc.H2Databases;
import dev.reprise.storage.jdbc.Tasks;
import dev.reprise.store.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that point at each other, which only a hand in the database can make. */
class CycleTest {

    @Test
    void chainShowsEachTaskAndEachAttemptOnce() {
        try (var database = H2Databases.inMemory()) {
            var store = database.store();
            store.submit(alone(task("a")));
            store.submit(alone(child("b", "a")));
            var runner = runner(store);
            runner.storeOutcomes(runner.claim(2).stream()
                    .map(claimed -> Tasks.succeeded(claimed.ref()))
                    .toList());
            database.execute("UPDATE {task} SET parent = 'b' WHERE id = 'a'");

            var chain = store.chain(Scope.ALL, id("b"), 50, true).orElseThrow();

            assertThat(chain.cyclic()).isTrue();
            assertThat(chain.tasks()).extracting(task -> task.row().id()).isEqualTo(List.of(id("a"), id("b")));
            assertThat(chain.tasks())
                    .allSatisfy(task -> assertThat(task.attempts()).hasSize(1));
        }
    }
}
