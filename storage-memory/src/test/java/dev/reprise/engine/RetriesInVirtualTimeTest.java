package dev.reprise.engine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waits are rows: the schedule, Retry-After, deadlines and restarts, all in virtual time. */
class RetriesInVirtualTimeTest {

    private final VirtualWorld world = new VirtualWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theEscalatingScheduleTakesItsThousandAndFiftyFiveSeconds() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .fails(
                        FailureKind.OVERLOADED,
                        FailureKind.RATE_LIMITED,
                        FailureKind.SERVER,
                        FailureKind.TIMEOUT,
                        FailureKind.NETWORK,
                        FailureKind.UNPARSEABLE)
                .replies("at last")
                .build();
        var client = world.start(world.process(provider).retry(RetrySchedule.ESCALATING));

        var generation =
                world.until(client.generate(GenerationRequest.of("hello")).future());

        assertThat(generation.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(delays(generation))
                .containsExactly(
                        ofSeconds(5), ofSeconds(30), ofSeconds(120), ofSeconds(300), ofSeconds(300), ofSeconds(300));
        assertThat(world.passed()).isBetween(ofSeconds(1_055), ofSeconds(1_057));
        assertThat(generation.attempts()).extracting(Attempt::number).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void theSeventhFailureEndsIt() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .otherwise(FakeOutcome.failure(FailureKind.OVERLOADED))
                .build();
        var client = world.start(world.process(provider).retry(RetrySchedule.ESCALATING));

        var generation = ended(client.generate(GenerationRequest.of("hello")));

        assertThat(generation.state()).isEqualTo(TaskState.FAILED);
        assertThat(generation.attempts()).hasSize(7);
        assertThat(failure(generation).kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(failure(generation).blame()).isEqualTo(Blame.PROVIDER);
        assertThat(failure(generation).reference()).isEqualTo(generation.id() + "#7");
        assertThat(provider.callCount()).isEqualTo(7);
    }

    @Test
    void retryAfterLongerThanTheScheduleIsWaitedForInFull() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .retryAfter(Duration.ofHours(3))
                .replies("done")
                .build();
        var client = world.start(provider);

        var generation =
                world.until(client.generate(GenerationRequest.of("hello")).future());

        assertThat(delays(generation)).containsExactly(Duration.ofHours(3));
        assertThat(world.passed())
                .isBetween(Duration.ofHours(3), Duration.ofHours(3).plusSeconds(2));
    }

    @Test
    void retryAfterShorterThanTheScheduleChangesNothing() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .retryAfter(Duration.ofMillis(10))
                .replies("done")
                .build();
        var client = world.start(provider);

        var generation =
                world.until(client.generate(GenerationRequest.of("hello")).future());

        assertThat(delays(generation)).containsExactly(ofSeconds(2));
    }

    @Test
    void aRetryThatWouldComeAfterTheDeadlineIsNotMade() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .otherwise(FakeOutcome.failure(FailureKind.OVERLOADED))
                .build();
        var client = world.start(world.process(provider).retry(RetrySchedule.ESCALATING));
        var request = GenerationRequest.builder()
                .prompt("hello")
                .deadline(ofSeconds(60))
                .build();

        var generation = ended(client.generate(request));

        assertThat(failure(generation).kind()).isEqualTo(FailureKind.DEADLINE);
        assertThat(failure(generation).blame()).isEqualTo(Blame.CALLER);
        // At 0, 5 and 35 seconds; the next would be due at 155.
        assertThat(provider.callCount()).isEqualTo(3);
        assertThat(world.passed()).isLessThan(ofSeconds(60));
    }

    @Test
    void aCallIsCutOffByTheDeadline() {
        var provider = FakeProvider.builder().clock(world.clock).hangs().build();
        var client = world.start(provider);
        var request = GenerationRequest.builder()
                .prompt("hello")
                .deadline(ofSeconds(60))
                .build();

        var generation = ended(client.generate(request));

        assertThat(failure(generation).kind()).isEqualTo(FailureKind.DEADLINE);
        assertThat(world.passed()).isBetween(ofSeconds(60), ofSeconds(62));
    }

    @Test
    void aCallThatTakesTooLongIsCutOffAndTriedAgain() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .hangs()
                .replies("done")
                .build();
        var client = world.start(provider);
        var request = GenerationRequest.builder()
                .prompt("hello")
                .attemptTimeout(ofSeconds(20))
                .build();

        var generation = world.until(client.generate(request).future());

        assertThat(generation.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(AttemptOutcome.FAILED, AttemptOutcome.SUCCEEDED);
        assertThat(failure(generation.attempts().get(0)).kind()).isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void aWaitSurvivesARestartAndIsNotBegunAgain() {
        var before = FakeProvider.builder()
                .clock(world.clock)
                .fails(FailureKind.SERVER)
                .build();
        var first = world.process(before)
                .retry(RetrySchedule.delays(Duration.ofMinutes(10)))
                .build();
        var id = first.generate(GenerationRequest.of("hello")).id();
        world.until(() -> before.callCount() == 1);
        world.clock.advance(Duration.ofMinutes(4));
        assertThat(first.get(id).orElseThrow().state()).isEqualTo(TaskState.SCHEDULED);
        first.close();

        var after = FakeProvider.builder().clock(world.clock).replies("done").build();
        var second = world.start(world.process(after).retry(RetrySchedule.never()));
        world.clock.advance(Duration.ofMinutes(5));
        assertThat(after.callCount()).isZero();
        var generation = world.until(second.handle(id).future());

        assertThat(generation.attempts()).extracting(Attempt::number).containsExactly(1, 2);
        assertThat(world.passed())
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(10).plusSeconds(2));
    }

    @Test
    void whatIsNotWorthAnotherTryIsNotTriedAgain() {
        var kinds = List.of(
                FailureKind.AUTH,
                FailureKind.QUOTA,
                FailureKind.INVALID_REQUEST,
                FailureKind.TOO_LARGE,
                FailureKind.REFUSED,
                FailureKind.UNKNOWN);
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .fails(kinds.toArray(FailureKind[]::new))
                .build();
        var client = world.start(provider);

        for (FailureKind kind : kinds) {
            var generation = ended(client.generate(GenerationRequest.of("hello")));
            assertThat(failure(generation).kind()).isEqualTo(kind);
            assertThat(generation.attempts()).hasSize(1);
        }
    }

    @Test
    void aTruncatedAnswerFailsAtOnceAndItsTextIsKept() {
        var provider =
                FakeProvider.builder().clock(world.clock).truncates("half a st").build();
        var client = world.start(provider);

        var generation = ended(client.generate(GenerationRequest.of("hello")));

        assertThat(failure(generation).kind()).isEqualTo(FailureKind.TRUNCATED);
        assertThat(generation.text()).isEqualTo("half a st");
        assertThat(generation.result()).isNull();
        assertThat(generation.usage().outputTokens()).isPositive();
        assertThat(provider.callCount()).isEqualTo(1);
    }

    @Test
    void aRefusedParameterIsLeftOutOnceAtOnceAndDoesNotCount() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .rejectsParameter("temperature")
                .fails(FailureKind.SERVER)
                .replies("done")
                .build();
        var client = world.start(world.process(provider).retry(RetrySchedule.delays(ofSeconds(7))));

        var generation =
                world.until(client.generate(GenerationRequest.of("hello")).future());

        // One failure is all that this schedule forgives: the repeat was not counted.
        assertThat(delays(generation)).containsExactly(Duration.ZERO, ofSeconds(7));
        assertThat(provider.call(2).request().carry()).isNotNull();
    }

    @Test
    void severalRefusedParametersAreLeftOutOneAfterTheOther() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .rejectsParameter("max_tokens")
                .rejectsParameter("temperature")
                .rejectsParameter("stream_options")
                .replies("done")
                .build();
        var client = world.start(world.process(provider).retry(RetrySchedule.never()));

        var generation =
                world.until(client.generate(GenerationRequest.of("hello")).future());

        assertThat(generation.text()).isEqualTo("done");
        assertThat(delays(generation)).containsExactly(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    @Test
    void aParameterRefusedTwiceIsAFailure() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .rejectsParameter("temperature")
                .rejectsParameter("temperature")
                .build();
        var client = world.start(provider);

        var generation = ended(client.generate(GenerationRequest.of("hello")));

        assertThat(failure(generation).kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(provider.callCount()).isEqualTo(2);
    }

    @Test
    void aPausedTurnGoesOnAtMostFiveTimesWithWhatItLeft() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .pauses("one")
                .pauses("two")
                .pauses("three")
                .pauses("four")
                .pauses("five")
                .replies("done")
                .build();
        var client = world.start(world.process(provider).retry(RetrySchedule.never()));

        var generation =
                world.until(client.generate(GenerationRequest.of("hello")).future());

        assertThat(generation.attempts()).hasSize(6);
        assertThat(provider.call(6).request().carry()).isEqualTo("five");
    }

    private Generation ended(GenerationHandle handle) {
        var future = handle.future();
        assertThatThrownBy(() -> world.until(future)).hasCauseInstanceOf(GenerationFailedException.class);
        return handle.now();
    }

    private static List<Duration> delays(Generation generation) {
        return generation.attempts().stream()
                .map(Attempt::delay)
                .filter(delay -> delay != null)
                .toList();
    }

    private static GenerationFailure failure(Generation generation) {
        assertThat(generation.failure()).isNotNull();
        return generation.failure();
    }

    private static GenerationFailure failure(Attempt attempt) {
        assertThat(attempt.failure()).isNotNull();
        return attempt.failure();
    }
}
