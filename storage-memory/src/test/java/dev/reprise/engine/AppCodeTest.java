package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reprise.GenerationClient;
import dev.reprise.event.Health;
import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.ProcessedOutput;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Guard.Admission;
import dev.reprise.provider.ProviderReply;
import dev.reprise.storage.memory.InMemoryTaskStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code of the app that fails, or never ends, loses nothing that was paid for and holds up nothing. */
@Timeout(60)
class AppCodeTest {

    @Test
    void processorThatLoopsPastTheAttemptsTimeIsLeftBehindAndTheNextGenerationRuns() {
        var goOn = new CountDownLatch(1);
        try (var client = client(CodeProvider.completed("the text"))
                .attemptTimeout(Duration.ofMillis(200))
                .processor("loop", (text, settings) -> spin(goOn))
                .build()) {
            for (int i = 1; i <= 3; i++) {
                var generation = ended(client, client.generate(asking("loop")));

                assertProcessorFailed(generation, "processor loop did not end in time");
                assertThat(client.health().leftBehind()).isEqualTo(i);
                assertThat(client.health().status()).isEqualTo(Health.Status.DEGRADED);
            }
            assertThat(client.generate(GenerationRequest.of("hello")).await().state())
                    .isEqualTo(TaskState.SUCCEEDED);

            goOn.countDown();
            await().untilAsserted(() -> assertThat(client.health().leftBehind()).isZero());
            await().untilAsserted(() -> assertThat(client.health().status()).isEqualTo(Health.Status.UP));
        }
    }

    @Test
    void deadlineEndsAProcessorThatLoops() {
        var goOn = new CountDownLatch(1);
        try (var client = client(CodeProvider.completed("the text"))
                .processor("loop", (text, settings) -> spin(goOn))
                .build()) {
            var request =
                    asking("loop").toBuilder().deadline(Duration.ofMillis(300)).build();

            assertProcessorFailed(ended(client, client.generate(request)), "processor loop did not end in time");
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void cancelEndsAProcessorThatLoops() {
        var goOn = new CountDownLatch(1);
        var began = new CountDownLatch(1);
        try (var client = client(CodeProvider.completed("the text"))
                .processor("loop", (text, settings) -> {
                    began.countDown();
                    return spin(goOn);
                })
                .build()) {
            var handle = client.generate(asking("loop"));
            await().until(() -> began.getCount() == 0);

            handle.cancel();

            await().untilAsserted(() -> assertThat(client.health().running()).isZero());
            assertThat(client.get(handle.id()).orElseThrow().state()).isEqualTo(TaskState.CANCELLED);
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void previewWhoseProcessorLoopsEndsInTime() {
        var goOn = new CountDownLatch(1);
        var calls = new AtomicInteger();
        try (var client = client(CodeProvider.completed("the text"))
                .attemptTimeout(Duration.ofMillis(200))
                .processor(
                        "loop",
                        (text, settings) -> calls.incrementAndGet() == 1 ? ProcessedOutput.accepted(text) : spin(goOn))
                .build()) {
            var root = client.generate(asking("loop")).await();

            var preview = client.preview(root.id(), "warmer");

            assertThatThrownBy(preview::join)
                    .hasCauseInstanceOf(GenerationFailedException.class)
                    .hasMessageContaining("processor loop did not end in time");
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void providerThatReturnsNothingIsAFailureOfTheAppsCodeAndItsSlotIsFree() {
        try (var client = client(null).build()) {
            var failure = ended(client, client.generate(GenerationRequest.of("hello")))
                    .failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.PROCESSOR);
            assertThat(failure.blame()).isEqualTo(Blame.OPERATOR);
            assertThat(failure.message()).isEqualTo("provider code returned a reply without anything: null");
            assertThat(client.health().running()).isZero();
        }
    }

    @Test
    void providerThatReturnsNoTextKeepsItsUsage() {
        var complete = (ProviderReply.Completed) CodeProvider.completed("x");
        var broken = new ProviderReply.Completed(noText(), complete.stopReason(), null, complete.exchange());
        try (var client = client(broken).build()) {
            var generation = ended(client, client.generate(GenerationRequest.of("hello")));

            assertThat(generation.failure().kind()).isEqualTo(FailureKind.PROCESSOR);
            assertThat(generation.failure().message()).isEqualTo("provider code returned a reply without its text");
            assertThat(generation.usage()).isEqualTo(Usage.of(1, 2));
            assertThat(generation.attempts()).hasSize(1);
        }
    }

    @Test
    void providerThatThrowsWhatItDoesNotDeclareGivesItsSlotBack() {
        var provider = new CodeProvider((request, control, number) -> {
            if (number == 1) {
                throw sneaky(new IOException("sk-secret"));
            }
            if (number == 2) {
                throw sneaky(new Throwable("sk-secret"));
            }
            return CodeProvider.completed("done");
        });
        try (var client = builder(provider).build()) {
            assertThat(ended(client, client.generate(GenerationRequest.of("1")))
                            .failure()
                            .message())
                    .isEqualTo("the call threw java.io.IOException");
            assertThat(ended(client, client.generate(GenerationRequest.of("2")))
                            .failure()
                            .message())
                    .isEqualTo("the attempt broke: java.lang.Throwable");
            assertThat(client.generate(GenerationRequest.of("3")).await().state())
                    .isEqualTo(TaskState.SUCCEEDED);
            assertThat(client.health().running()).isZero();
        }
    }

    @Test
    void guardThatFailsAfterTheCallLosesNothing() {
        Guard guard = (provider, model) -> new Admission.Admitted(reply -> {
            throw new AssertionError("broken guard");
        });
        try (var client =
                client(CodeProvider.completed("the text")).guard(guard).build()) {
            assertThat(client.generate(GenerationRequest.of("hello")).await().text())
                    .isEqualTo("the text");
        }
    }

    private static GenerationClient.Builder client(ProviderReply reply) {
        return builder(new CodeProvider((request, control, number) -> reply));
    }

    private static GenerationClient.Builder builder(CodeProvider provider) {
        return GenerationClient.builder()
                .provider(provider)
                .taskStore(InMemoryTaskStore.create())
                .maxConcurrent(1)
                .drainTimeout(Duration.ZERO);
    }

    private static GenerationRequest asking(String processor) {
        return GenerationRequest.builder().prompt("hello").processor(processor).build();
    }

    private static Generation ended(GenerationClient client, GenerationHandle handle) {
        try {
            return handle.await();
        } catch (GenerationFailedException e) {
            return client.get(handle.id()).orElseThrow();
        }
    }

    private static void assertProcessorFailed(Generation generation, String message) {
        assertThat(generation.failure().kind()).isEqualTo(FailureKind.PROCESSOR);
        assertThat(generation.failure().blame()).isEqualTo(Blame.OPERATOR);
        assertThat(generation.failure().message()).isEqualTo(message);
        assertThat(generation.attempts()).hasSize(1);
        assertThat(generation.attempts().get(0).exchange().text()).isEqualTo("the text");
        assertThat(generation.usage()).isEqualTo(Usage.of(1, 2));
    }

    /** Goes on whatever interrupts it. */
    private static ProcessedOutput spin(CountDownLatch until) {
        while (until.getCount() > 0) {
            Thread.onSpinWait();
        }
        return ProcessedOutput.accepted("late");
    }

    private static String noText() {
        return null;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
