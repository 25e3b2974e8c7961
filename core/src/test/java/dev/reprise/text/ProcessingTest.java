package dev.reprise.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.attempt.ActiveCall;
import dev.reprise.attempt.CancelReason;
import dev.reprise.attempt.Verdict;
import dev.reprise.background.Abandonable;
import dev.reprise.background.Problems;
import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.OutputProcessor;
import dev.reprise.generation.OutputProcessors;
import dev.reprise.generation.ProcessedOutput;
import dev.reprise.generation.Sent;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.time.TimeSource;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever an output processor does, what was paid for is kept. */
@Timeout(30)
class ProcessingTest {

    private static final String TEXT = "the model's text";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Problems problems = new Problems();
    private final Abandonable abandonable = new Abandonable(threads, TimeSource.system(), problems);
    private final ActiveCall call = new ActiveCall(null, delta -> {});

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void requestWithoutAProcessorIsNotProcessed() {
        var verdict = new Processing(new Registry(Map.of(), Map.of(), false), abandonable)
                .process(GenerationRequest.of("p"), completed(), call);

        assertThat(((Verdict.Succeeded) verdict).result().output()).isEqualTo(TEXT);
    }

    @Test
    void namedProcessorIsGivenTextAndSettings() {
        var verdict = (Verdict.Succeeded)
                process((text, settings) -> ProcessedOutput.accepted(text + settings, Map.of("m", "1")));

        assertThat(verdict.result().output()).isEqualTo(TEXT + "{a=1}");
        assertThat(verdict.result().metadata()).isEqualTo(Map.of("m", "1"));
        assertThat(verdict.result().rawText()).isEqualTo(TEXT);
    }

    @Test
    void processorThatThrowsAnExceptionHasRejectedTheText() {
        for (Exception thrown :
                new Exception[] {new IllegalStateException("sk-secret"), new IOException("sk-secret")}) {
            var verdict = (Verdict.Failed) process((text, settings) -> {
                throw sneaky(thrown);
            });

            assertThat(verdict.failure().kind()).isEqualTo(FailureKind.UNPARSEABLE);
            assertThat(verdict.failure().message())
                    .isEqualTo("the output was rejected: processor code threw "
                            + thrown.getClass().getName());
            assertThat(verdict.text()).isEqualTo(TEXT);
        }
    }

    @Test
    void processorThatThrowsAnErrorIsAFailureOfTheAppsCode() {
        for (Error thrown : new Error[] {
            new StackOverflowError(),
            new AssertionError("sk-secret"),
            new NoClassDefFoundError(),
            new OutOfMemoryError()
        }) {
            assertFailed(
                    process((text, settings) -> {
                        throw thrown;
                    }),
                    "processor code threw " + thrown.getClass().getName());
        }
    }

    @Test
    void processorThatReturnsNothingIsAFailureOfTheAppsCode() {
        assertFailed(process((text, settings) -> nothing()), "processor code returned nothing");
        assertFailed(
                process((text, settings) -> new ProcessedOutput.Accepted(noText(), Map.of())),
                "processor code returned nothing");
        OutputProcessor first = (text, settings) -> nothing();
        assertFailed(
                process(first.then((text, settings) -> ProcessedOutput.accepted(text))),
                "processor code returned nothing");
    }

    @Test
    void processorThatGoesOnAfterTheTimeIsUpIsLeftBehindAndCounted() {
        var goOn = new CountDownLatch(1);
        call.cancel(CancelReason.TIMEOUT);

        var verdict = (Verdict.CutOff) process((text, settings) -> {
            spin(goOn);
            return ProcessedOutput.accepted(text);
        });

        assertThat(verdict.failure().message()).isEqualTo("processor code did not end in time");
        assertThat(verdict.failure().kind()).isEqualTo(FailureKind.PROCESSOR);
        assertThat(verdict.text()).isEqualTo(TEXT);
        assertThat(abandonable.abandoned()).isEqualTo(1);
        assertThat(problems.list()).containsExactly("code of the app: threads left behind: 1, in processor code");
        goOn.countDown();
        await().untilAsserted(() -> assertThat(problems.list()).isEmpty());
        assertThat(abandonable.abandoned()).isZero();
    }

    @Test
    void answerOfTheLastMomentIsStillProcessed() {
        call.cancel(CancelReason.DEADLINE);

        assertThat(process((text, settings) -> ProcessedOutput.accepted("done")))
                .isInstanceOf(Verdict.Succeeded.class);
    }

    @Test
    void slowPatternOfTheAppEndsWithItsAttempt() {
        var thread = new Thread(() -> call.cancel(CancelReason.APP));
        thread.start();

        var verdict = new Processing(
                        new Registry(Map.of(), Map.of("code", OutputProcessors.extractNumber("n", "(x+x+)+y")), false),
                        abandonable)
                .process(
                        request(),
                        new Completed(
                                "x".repeat(5_000),
                                StopReason.END,
                                null,
                                completed().exchange()),
                        call);

        assertThat(verdict).isInstanceOf(Verdict.CutOff.class);
        await().untilAsserted(() -> assertThat(abandonable.abandoned()).isZero());
    }

    private Verdict process(OutputProcessor code) {
        return new Processing(new Registry(Map.of(), Map.of("code", code), false), abandonable)
                .process(request(), completed(), call);
    }

    private static GenerationRequest request() {
        return GenerationRequest.builder()
                .prompt("p")
                .processor("code")
                .setting("a", "1")
                .build();
    }

    private static Completed completed() {
        return new Completed(
                TEXT, StopReason.END, null, new Exchange("req", Usage.of(1, 2), new Sent("m", Map.of(), null)));
    }

    private static void assertFailed(Verdict verdict, String message) {
        var failed = (Verdict.Failed) verdict;
        assertThat(failed.failure().kind()).isEqualTo(FailureKind.PROCESSOR);
        assertThat(failed.failure().blame()).isEqualTo(Blame.OPERATOR);
        assertThat(failed.failure().retryable()).isFalse();
        assertThat(failed.failure().message()).isEqualTo(message);
        assertThat(failed.failure().requestId()).isEqualTo("req");
        assertThat(failed.text()).isEqualTo(TEXT);
    }

    /** Goes on whatever interrupts it. */
    private static void spin(CountDownLatch until) {
        while (until.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    /** What code that is not checked for null returns. */
    @SuppressWarnings("NullAway")
    private static ProcessedOutput nothing() {
        return null;
    }

    @SuppressWarnings("NullAway")
    private static String noText() {
        return null;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
