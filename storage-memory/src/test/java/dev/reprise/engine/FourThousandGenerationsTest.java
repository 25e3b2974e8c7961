package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.GenerationClient;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Batch;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.handle.BatchHandle;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.storage.memory.InMemoryTaskStore;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** The main promise at size: under a fifth of faults, everything succeeds, nothing is lost, nothing is run again. */
class FourThousandGenerationsTest {

    private static final int BATCHES = 1_000;
    private static final int VARIATIONS = 4;

    @Test
    void allSucceedUnderAFifthOfRetryableFaults() {
        var provider = new FlakyByHashProvider(7, 0.2, Duration.ofMillis(200));
        var nineWaits = Collections.nCopies(9, Duration.ofMillis(50)).toArray(Duration[]::new);
        var threads = ManagementFactory.getThreadMXBean();
        threads.resetPeakThreadCount();
        long begin = System.nanoTime();
        var batches = new ArrayList<Batch>();
        try (var store = InMemoryTaskStore.create();
                var client = GenerationClient.builder()
                        .provider(provider)
                        .taskStore(store)
                        .retry(RetrySchedule.delays(nineWaits))
                        .maxConcurrent(400)
                        .build()) {
            var handles = new ArrayList<BatchHandle>();
            for (int i = 0; i < BATCHES; i++) {
                handles.add(client.variations(GenerationRequest.of("prompt " + i), VARIATIONS));
            }
            handles.forEach(handle -> batches.add(handle.await(Duration.ofMinutes(2))));
        }
        var took = Duration.ofNanos(System.nanoTime() - begin);

        var generations =
                batches.stream().flatMap(batch -> batch.generations().stream()).toList();
        assertThat(generations).hasSize(BATCHES * VARIATIONS).allMatch(g -> g.result() != null);
        assertThat(new HashSet<>(generations.stream().map(Generation::id).toList()))
                .hasSize(BATCHES * VARIATIONS);
        assertThat(generations).allSatisfy(FourThousandGenerationsTest::onlyItsLastAttemptSucceeded);
        // Every provider call has its attempt, so none was made after the generation had succeeded.
        assertThat(generations.stream().mapToInt(g -> g.attempts().size()).sum())
                .isEqualTo(provider.totalCalls());
        assertThat(provider.mostUnderWay()).isLessThanOrEqualTo(400);
        report(took, provider, threads.getPeakThreadCount());
    }

    private static void onlyItsLastAttemptSucceeded(Generation generation) {
        var outcomes = generation.attempts().stream().map(a -> a.outcome()).toList();
        int last = outcomes.size() - 1;
        assertThat(outcomes.get(last)).isEqualTo(AttemptOutcome.SUCCEEDED);
        assertThat(outcomes.subList(0, last)).allMatch(outcome -> outcome == AttemptOutcome.FAILED);
        assertThat(generation.attempts().stream().map(a -> a.number()).toList())
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, last + 1)
                        .boxed()
                        .toList());
    }

    private static void report(Duration took, FlakyByHashProvider provider, int peakThreads) {
        var runtime = Runtime.getRuntime();
        System.out.printf(
                "4,000 generations: %d ms, %d provider calls, %d at once, %d platform threads at most, %d MiB used%n",
                took.toMillis(),
                provider.totalCalls(),
                provider.mostUnderWay(),
                peakThreads,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }
}
