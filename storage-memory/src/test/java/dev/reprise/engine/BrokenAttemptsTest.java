package dev.reprise.engine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.GenerationClient;
import dev.reprise.event.Health;
import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.ProcessedOutput;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Guard.Admission;
import dev.reprise.provider.ProviderReply;
import dev.reprise.store.Level;
import dev.reprise.store.NewTask;
import dev.reprise.store.Payload;
import dev.reprise.store.Placement;
import dev.reprise.store.Reason;
import dev.reprise.store.Scope;
import dev.reprise.store.Submission;
import dev.reprise.store.TaskLabels;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever an attempt throws ends that attempt alone, is told without what it said, and gives its permit back. */
class BrokenAttemptsTest {

    private static final String SECRET = "sk-secret";

    private final VirtualWorld world = new VirtualWorld();
    private final List<Object> permits = new CopyOnWriteArrayList<>();
    private final List<Boolean> interrupted = new CopyOnWriteArrayList<>();
    private final Guard guard = (provider, model) -> new Admission.Admitted(reply -> {
        interrupted.add(Thread.currentThread().isInterrupted());
        permits.add(reply == null ? "none" : reply);
    });

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatAProviderThrowsIsToldWithoutItsMessage() {
        for (var thrown : List.of(
                new IllegalStateException(SECRET), new NoClassDefFoundError(SECRET), new AssertionError(SECRET))) {
            var client = client(new CodeProvider((request, control, number) -> {
                throw raised(thrown);
            }));

            var generation = ended(client.generate(GenerationRequest.of("hello")));

            assertThat(generation.failure().kind()).isEqualTo(FailureKind.UNKNOWN);
            assertThat(generation.failure().message())
                    .isEqualTo("the call threw " + thrown.getClass().getName());
            assertThat(generation.attempts()).extracting(Attempt::outcome).containsExactly(AttemptOutcome.FAILED);
            assertThat(generation.toString()).doesNotContain(SECRET);
            client.close();
            world.clock.advance(ofSeconds(1));
        }
        assertThat(permits).hasSize(3);
    }

    @Test
    void anErrorOfTheMachineEndsItsGenerationAndNothingElse() {
        var client = client(new CodeProvider((request, control, number) -> {
            if (number == 1) {
                throw new StackOverflowError(SECRET);
            }
            return CodeProvider.completed("done");
        }));

        var generation = ended(client.generate(GenerationRequest.of("hello")));

        assertThat(generation.state()).isEqualTo(TaskState.FAILED);
        assertThat(generation.failure().kind()).isEqualTo(FailureKind.UNKNOWN);
        assertThat(generation.failure().message()).isEqualTo("the attempt broke: java.lang.StackOverflowError");
        assertThat(generation.attempts()).extracting(Attempt::outcome).containsExactly(AttemptOutcome.FAILED);
        assertThat(permits).hasSize(1);
        assertThat(world.until(client.generate(GenerationRequest.of("next")).future())
                        .state())
                .isEqualTo(TaskState.SUCCEEDED);
        assertThat(client.health().running()).isZero();
    }

    @Test
    void aPreviewThatThrowsTellsNoMessageEither() {
        var client = client(new CodeProvider((request, control, number) -> {
            if (number == 2) {
                throw new IllegalStateException(SECRET);
            }
            if (number == 3) {
                throw new InterruptedException();
            }
            if (number == 4) {
                throw new NoClassDefFoundError(SECRET);
            }
            return CodeProvider.completed("done");
        }));
        var root = world.until(client.generate(GenerationRequest.of("hello")).future());

        var broken = client.preview(root.id(), "warmer");
        assertThatThrownBy(() -> world.until(broken))
                .hasCauseInstanceOf(GenerationFailedException.class)
                .hasMessageContaining("the call threw java.lang.IllegalStateException")
                .hasMessageNotContaining(SECRET);
        var stopped = client.preview(root.id(), "warmer");
        assertThatThrownBy(() -> world.until(stopped)).hasMessageContaining("interrupted");
        var missing = client.preview(root.id(), "warmer");
        assertThatThrownBy(() -> world.until(missing))
                .hasMessageContaining("the call threw java.lang.NoClassDefFoundError")
                .hasMessageNotContaining(SECRET);

        assertThat(permits).hasSize(4);
    }

    @Test
    void aCallThatSomebodyElseInterruptsEndsItsGenerationAndIsNotMadeAgain() {
        var provider = new CodeProvider((request, control, number) -> {
            if (number <= 20) {
                throw new InterruptedException(SECRET);
            }
            return CodeProvider.completed("done");
        });
        var client = client(provider);

        var generation = ended(client.generate(GenerationRequest.of("hello")));

        assertThat(generation.state()).isEqualTo(TaskState.FAILED);
        assertThat(generation.failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(generation.failure().blame()).isEqualTo(Blame.CALLER);
        assertThat(generation.attempts()).extracting(Attempt::outcome).containsExactly(AttemptOutcome.FAILED);
        assertThat(generation.toString()).doesNotContain(SECRET);
        assertThat(provider.calls()).hasValue(1);
        assertThat(interrupted).containsExactly(true);
    }

    @Test
    void anInterruptOfACallThatWasCutOffChangesNothing() {
        var provider = new CodeProvider((request, control, number) -> {
            if (number == 1) {
                CodeProvider.whenCutOff(world, control);
                throw new InterruptedException();
            }
            return CodeProvider.completed("done");
        });
        var client = world.start(world.process(provider).attemptTimeout(ofSeconds(10)));

        var generation =
                world.until(client.generate(GenerationRequest.of("hello")).future());

        assertThat(generation.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(AttemptOutcome.FAILED, AttemptOutcome.SUCCEEDED);
        assertThat(generation.attempts().get(0).failure().kind()).isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void anInterruptThatACallLeavesBehindReachesNeitherItsProcessorNorTheNextCall() {
        var seen = new CopyOnWriteArrayList<Boolean>();
        var provider = new CodeProvider((request, control, number) -> {
            seen.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
            return CodeProvider.completed("done");
        });
        var client = world.start(world.process(provider).processor("look", (text, settings) -> {
            seen.add(Thread.currentThread().isInterrupted());
            return new ProcessedOutput.Accepted(text, Map.of());
        }));
        var request =
                GenerationRequest.builder().prompt("hello").processor("look").build();

        world.until(client.generate(request).future());
        world.until(client.generate(request).future());

        assertThat(seen).containsExactly(false, false, false, false);
    }

    @Test
    void aGuardThatNamesNoWaitIsNotAskedWithoutEnd() {
        var asked = new AtomicInteger();
        var client = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build()).guard((name, model) -> {
                    asked.incrementAndGet();
                    return new Admission.Later(Duration.ZERO);
                }));

        client.generate(GenerationRequest.of("hello"));
        world.clock.advance(ofSeconds(1));

        assertThat(asked).hasValueBetween(1, 101);
    }

    @Test
    void thePermitIsGivenBackWithTheReply() {
        var client = client(new CodeProvider((request, control, number) -> CodeProvider.completed("done")));

        world.until(client.generate(GenerationRequest.of("hello")).future());

        assertThat(permits).singleElement().isInstanceOf(ProviderReply.Completed.class);
    }

    @Test
    void whatIsCancelledBeforeItIsSentIsNotSent() {
        var provider = FakeProvider.builder().clock(world.clock).build();
        var submitter = world.start(world.process(provider).submitOnly());
        var handle = submitter.generate(GenerationRequest.of("hello"));
        var client = world.start(world.process(provider).guard((name, model) -> {
            // The call is admitted after the cancellation has reached this process.
            world.store.cancel(Scope.ALL, handle.id());
            sleep(ofSeconds(3));
            return new Admission.Admitted(reply -> {});
        }));
        world.clock.advance(ofSeconds(5));

        assertThat(provider.callCount()).isZero();
        assertThat(handle.now().state()).isEqualTo(TaskState.CANCELLED);
        assertThat(client.health().running()).isZero();
    }

    @Test
    void aRequestThatCannotBeReadIsParkedAndDisturbsNobody() {
        var provider = FakeProvider.builder().clock(world.clock).build();
        var client = world.start(provider);
        var id = new GenerationId("bad");
        var labels = new TaskLabels(GenerationKind.SINGLE, null, "fake", "fake-model", null, null);
        world.store.submit(new Submission(
                Owner.NONE,
                null,
                List.of(new NewTask(
                        id,
                        labels,
                        Placement.ALONE,
                        9,
                        new NewTask.Timing(Duration.ZERO, null, NewTask.OnCrash.RESEND),
                        List.of(),
                        null,
                        Level.ANY,
                        Payload.of(new byte[] {1, 2, 3})))));
        var other = world.until(client.generate(GenerationRequest.of("hello")).future());

        var parked = client.get(id).orElseThrow();
        assertThat(parked.state()).isEqualTo(TaskState.PARKED);
        assertThat(parked.progress().reason()).isEqualTo(Reason.UNREADABLE.code());
        assertThat(parked.attempts()).isEmpty();
        assertThat(other.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(client.health().status()).isEqualTo(Health.Status.UP);
    }

    private GenerationClient client(CodeProvider provider) {
        return world.start(world.process(provider).guard(guard));
    }

    private Generation ended(GenerationHandle handle) {
        world.until(() -> handle.now().state().isTerminal());
        return handle.now();
    }

    private static RuntimeException raised(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    private void sleep(Duration duration) {
        try {
            world.clock.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
