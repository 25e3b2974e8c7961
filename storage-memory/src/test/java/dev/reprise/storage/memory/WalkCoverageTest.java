package dev.reprise.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.testkit.store.StoreInProcess;
import dev.reprise.testkit.store.walk.DifferentialWalk;
import org.junit.jupiter.api.Test;

/** The walk knows what it has not called. */
class WalkCoverageTest {

    @Test
    void methodsOfEveryFaceThatNoOperationHasCalledAreNamed() {
        var walk = new DifferentialWalk(
                () -> new StoreInProcess(InMemoryTaskStore::create),
                () -> new StoreInProcess(InMemoryTaskStore::create));

        walk.walk(1, 1);

        assertThat(walk.neverCalled())
                .contains(
                        "TaskStore.submit(Submission)",
                        "TaskReads.chain(Scope, GenerationId, int, boolean)",
                        "BatchReads.summary(Scope, BatchId)",
                        "TaskEndings.delete(Scope, GenerationId)",
                        "RunnerSession.storeOutcomes(List)",
                        "Purging.purge(Retention)",
                        "QueueReads.queue(Duration)")
                .doesNotContain("BatchReads.feed(Scope, int, PagePoint)"); // every look at a store reads it
    }
}
