package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.alone;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.SPENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.Counters.Counted;
import dev.reprise.store.Payload;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bytes that come back as they were, whatever they are. */
public abstract class PayloadSuite extends StoreSuite {

    private static final int MEGABYTE = 1 << 20;

    /** For a suite with a subclass. */
    protected PayloadSuite() {}

    @Test
    void everyByteValueIsKept() {
        var bytes = new byte[512];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i < 256 ? i : 511 - i);
        }

        assertKept(Payload.of(bytes));
    }

    @Test
    void emptyPayloadIsAPayload() {
        assertKept(Payload.of(new byte[0]));
    }

    @Test
    void bytesThatAreNoTextAreKept() {
        assertKept(Payload.of(new byte[] {(byte) 0xC3, 0x28, 0, (byte) 0xFF, (byte) 0xFE, 0, '\\', '\'', '\n', 0x1A}));
    }

    @Test
    void megabyteIsKept() {
        var bytes = new byte[MEGABYTE];
        new Random(7).nextBytes(bytes);

        assertKept(Payload.of(bytes));
    }

    @Test
    void missingDetailIsMissingAndNotEmpty() {
        var runner = runner();
        storeWith(runner, submitAndClaim(runner, task("a")).ref(), Draft.bytes("result"), null);

        assertThat(onlyAttempt("a").detail()).isNull();
    }

    @Test
    void largestCountsOfTokensAreKept() {
        var runner = runner();
        var usage = new Usage(Long.MAX_VALUE / 4, 5_000_000_000L, 1, Integer.MAX_VALUE + 1L, 4_000_000_000L);
        storeAll(
                runner,
                Outcomes.spending(
                        Outcomes.failed(submitAndClaim(runner, task("a")).ref()), usage));

        assertThat(onlyAttempt("a").usage()).isEqualTo(usage);
    }

    private void assertKept(Payload payload) {
        var runner = runner();
        var second = subject.openSecond();
        stored(store.submit(alone(task("a").request(payload))));
        assertThat(read("a").request()).isEqualTo(payload);
        var claimed = claimOnly(runner);
        assertThat(claimed.request()).isEqualTo(payload);

        storeWith(runner, claimed.ref(), payload, payload);

        var task = second.find(Scope.ALL, id("a")).orElseThrow();
        assertThat(task.request()).isEqualTo(payload);
        assertThat(task.result()).isEqualTo(payload);
        assertThat(task.attempts()).hasSize(1);
        assertThat(task.attempts().get(0).detail()).isEqualTo(payload);
        assertThat(stored(runner.submit(alone(task("b").request(payload)), 1))
                        .claimed()
                        .get(0)
                        .request())
                .isEqualTo(payload);
    }

    private static void storeWith(RunnerSession runner, TaskRef ref, Payload result, @Nullable Payload detail) {
        storeAll(
                runner,
                new TaskOutcome(
                        ref,
                        Outcomes.nonce(),
                        new AttemptReport(AttemptOutcome.SUCCEEDED, Counted.NOTHING, SPENT, null, detail),
                        new TaskOutcome.Next.Finish(TaskState.SUCCEEDED, result, null)));
    }
}
