package dev.reprise.engine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.FailureKind;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time limits reach a call even of a provider that does not keep them, and what was paid for is kept. */
class CallLimitsTest {

    private final VirtualWorld world = new VirtualWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aProviderIsToldTheLimitsOfItsCall() {
        var limits = new CopyOnWriteArrayList<Duration>();
        var provider = new CodeProvider((request, control, number) -> {
            limits.addAll(List.of(control.timeout(), control.idleTimeout()));
            return CodeProvider.completed("done");
        });
        var client = world.start(
                world.process(provider).attemptTimeout(ofSeconds(50)).idleTimeout(ofSeconds(6)));

        world.until(client.generate(GenerationRequest.of("hello")).future());
        world.until(client.generate(request(ofSeconds(40), null)).future());
        world.until(client.generate(request(null, ofSeconds(30))).future());

        assertThat(limits)
                .containsExactly(ofSeconds(50), ofSeconds(6), ofSeconds(40), ofSeconds(6), ofSeconds(30), ofSeconds(6));
    }

    @Test
    void aCallThatDoesNotKeepItsTimeoutIsCutOffAndTriedAgain() {
        var provider = new CodeProvider((request, control, number) ->
                number == 1 ? CodeProvider.whenCutOff(world, control) : CodeProvider.completed("done"));
        var client = world.start(provider);

        var generation =
                world.until(client.generate(request(ofSeconds(10), null)).future());

        assertThat(generation.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(AttemptOutcome.FAILED, AttemptOutcome.SUCCEEDED);
        assertThat(generation.attempts().get(0).failure().kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(generation.attempts().get(0).endedAt()).isEqualTo(VirtualWorld.START.plusSeconds(10));
    }

    @Test
    void theDeadlineCutsTheCallOffAndItsUsageIsKept() {
        var provider = new CodeProvider((request, control, number) -> CodeProvider.whenCutOff(world, control));
        var client = world.start(provider);

        var generation = ended(client.generate(request(null, ofSeconds(20))));

        assertThat(generation.failure().kind()).isEqualTo(FailureKind.DEADLINE);
        assertThat(generation.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.failure().kind()).isEqualTo(FailureKind.DEADLINE));
        assertThat(generation.usage()).isEqualTo(Usage.of(3, 4));
        assertThat(generation.progress().finishedAt()).isEqualTo(VirtualWorld.START.plusSeconds(20));
    }

    @Test
    void aDeadlineThatComesWithTheTimeoutIsADeadline() {
        var provider = new CodeProvider((request, control, number) -> CodeProvider.whenCutOff(world, control));
        var client = world.start(provider);

        var generation = ended(client.generate(request(ofSeconds(20), ofSeconds(20))));

        assertThat(generation.attempts().get(0).failure().kind()).isEqualTo(FailureKind.DEADLINE);
        assertThat(provider.calls()).hasValue(1);
    }

    @Test
    void nothingIsSentOnceTheDeadlineHasCome() {
        for (int late : new int[] {0, 3}) {
            var provider = FakeProvider.builder().clock(world.clock).build();
            var submitter = world.process(provider).submitOnly().build();
            var handle = submitter.generate(request(null, ofSeconds(5)));
            world.clock.advance(ofSeconds(5 + late));

            var client = world.process(provider).build();
            world.until(() -> handle.now().state().isTerminal());

            assertThat(handle.now().failure().kind()).isEqualTo(FailureKind.DEADLINE);
            assertThat(handle.now().attempts()).isEmpty();
            assertThat(provider.callCount()).isZero();
            client.close();
            submitter.close();
        }
    }

    @Test
    void theDeadlineCountsFromTheRequestAndNotFromTheFailure() {
        var provider = new CodeProvider((request, control, number) -> {
            world.clock.sleep(ofSeconds(50));
            return CodeProvider.failed(FailureKind.SERVER);
        });
        var client = world.start(world.process(provider).retry(RetrySchedule.delays(ofSeconds(20))));

        var generation = ended(client.generate(request(null, ofSeconds(60))));

        assertThat(generation.failure().kind()).isEqualTo(FailureKind.DEADLINE);
        assertThat(world.passed()).isLessThanOrEqualTo(ofSeconds(51));
    }

    @Test
    void anAnswerThatComesInSpiteOfTheTimeoutIsKept() {
        var provider = new CodeProvider((request, control, number) -> {
            world.clock.sleep(ofSeconds(15));
            return CodeProvider.completed("late and whole");
        });
        var client = world.start(provider);

        var generation =
                world.until(client.generate(request(ofSeconds(10), null)).future());

        assertThat(generation.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(generation.attempts()).hasSize(1);
    }

    @Test
    void aCallThatHasEndedLeavesNoTimer() {
        var provider = FakeProvider.builder().clock(world.clock).build();
        var client = world.start(provider);
        var timers = world.clock.timers();

        var future = client.generate(GenerationRequest.of("hello")).future();
        world.until(future);

        assertThat(world.clock.timers()).isEqualTo(timers);
    }

    private Generation ended(GenerationHandle handle) {
        world.until(() -> handle.now().state().isTerminal());
        return handle.now();
    }

    private static GenerationRequest request(Duration attemptTimeout, Duration deadline) {
        return GenerationRequest.builder()
                .prompt("hello")
                .attemptTimeout(attemptTimeout)
                .deadline(deadline)
                .build();
    }
}
