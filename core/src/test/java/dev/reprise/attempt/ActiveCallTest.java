package dev.reprise.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.identity.GenerationId;
import dev.reprise.provider.AttemptId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call can be cut off, once, and whoever asked is told. */
class ActiveCallTest {

    private static final AttemptId ATTEMPT = new AttemptId(new GenerationId("g"), 1, 1);

    private final List<String> deltas = new ArrayList<>();
    private final ActiveCall call = new ActiveCall(ATTEMPT, deltas::add);
    private final List<String> done = new ArrayList<>();

    @Test
    void callIsNotCutOffAtFirst() {
        assertThat(call.cancelled()).isFalse();
        assertThat(call.reason()).isNull();
    }

    @ParameterizedTest
    @EnumSource(CancelReason.class)
    void cutIsRememberedWithItsReason(CancelReason reason) {
        call.cancel(reason);

        assertThat(call.cancelled()).isTrue();
        assertThat(call.reason()).isEqualTo(reason);
    }

    @Test
    void firstReasonStays() {
        call.cancel(CancelReason.TIMEOUT);
        call.cancel(CancelReason.APP);

        assertThat(call.reason()).isEqualTo(CancelReason.TIMEOUT);
    }

    @Test
    void actionsRunWhenTheCallIsCutOff() {
        call.onCancel(() -> done.add("first"));
        call.onCancel(() -> done.add("second"));
        assertThat(done).isEmpty();

        call.cancel(CancelReason.APP);

        assertThat(done).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void actionRegisteredAfterTheCutRunsAtOnce() {
        call.cancel(CancelReason.APP);

        call.onCancel(() -> done.add("late"));

        assertThat(done).containsExactly("late");
    }

    @Test
    void actionRunsOnce() {
        call.onCancel(() -> done.add("once"));

        call.cancel(CancelReason.APP);
        call.cancel(CancelReason.APP);
        call.cancel(CancelReason.CLOSING);

        assertThat(done).containsExactly("once");
    }

    @Test
    void actionThatThrowsStopsNothing() {
        call.onCancel(() -> {
            throw new IllegalStateException("broken");
        });
        call.onCancel(() -> done.add("after"));

        call.cancel(CancelReason.APP);
        call.onCancel(() -> {
            throw new IllegalStateException("broken as well");
        });

        assertThat(done).containsExactly("after");
    }

    @Test
    void actionMayCutOrRegisterAgain() {
        call.onCancel(() -> {
            call.cancel(CancelReason.CLOSING);
            call.onCancel(() -> done.add("inner"));
        });

        call.cancel(CancelReason.APP);

        assertThat(done).containsExactly("inner");
        assertThat(call.reason()).isEqualTo(CancelReason.APP);
    }

    @Test
    void actionsSeeThatTheCallIsCutOff() {
        call.onCancel(() -> done.add(String.valueOf(call.reason())));

        call.cancel(CancelReason.DEADLINE);

        assertThat(done).containsExactly("DEADLINE");
    }

    @Test
    void textIsHandedOnUntilTheCut() {
        call.text("one");
        call.text("");
        call.text("two");
        call.cancel(CancelReason.APP);
        call.text("three");

        assertThat(deltas).containsExactly("one", "two");
    }

    @Test
    void providerIsToldWhichAttemptItIs() {
        assertThat(call.attempt()).isEqualTo(ATTEMPT);
        assertThat(new ActiveCall(null, deltas::add).attempt()).isNull();
    }

    @Test
    void limitsAreShownToTheProvider() {
        call.limit(Duration.ofMinutes(5), Duration.ofSeconds(30));

        assertThat(call.timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(call.idleTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void everyActionRunsOnceHoweverItRacesWithTheCut() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            var raced = new ActiveCall(null, delta -> {});
            var ran = new AtomicInteger();
            var start = new CountDownLatch(1);
            var threads = List.of(
                    thread(start, () -> raced.cancel(CancelReason.APP)),
                    thread(start, () -> raced.cancel(CancelReason.TIMEOUT)),
                    thread(start, () -> {
                        for (int i = 0; i < 50; i++) {
                            raced.onCancel(ran::incrementAndGet);
                        }
                    }));
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(ran).hasValue(50);
        }
    }

    private static Thread thread(CountDownLatch start, Runnable action) {
        var thread = new Thread(() -> {
            try {
                start.await();
                action.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }
}
