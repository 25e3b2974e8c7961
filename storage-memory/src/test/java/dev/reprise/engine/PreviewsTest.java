package dev.reprise.engine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.GenerationClient;
import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.OutputProcessors;
import dev.reprise.generation.Preview;
import dev.reprise.generation.TaskState;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Guard.Admission;
import dev.reprise.testkit.FakeCall;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A preview is one call under the limits of any call, without a row, and ends for whoever waits, whatever becomes of it. */
@Timeout(60)
class PreviewsTest {

    private final VirtualWorld world = new VirtualWorld();
    private final AtomicInteger permits = new AtomicInteger();
    private final Guard guard = (provider, model) -> {
        permits.incrementAndGet();
        return new Admission.Admitted(reply -> permits.decrementAndGet());
    };

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void cancellingReachesTheCall() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .replies("root")
                .hangs()
                .build();
        var client = client(provider);
        var root = root(client, GenerationRequest.of("hello"));
        var preview = client.preview(root.id(), "warmer");
        world.until(() -> provider.underWay() == 1);

        assertThat(preview.cancel(true)).isTrue();
        assertThat(preview).isCancelled();
        world.clock.advance(Duration.ZERO);

        assertThat(provider.call(2).ending()).isEqualTo(FakeCall.Ending.CANCELLED);
        assertThat(permits).hasValue(0);
        assertThat(client.list(GenerationQuery.all()).items()).hasSize(1);
    }

    @Test
    void eachFailureHasAReferenceOfItsOwn() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .replies("root")
                .fails(FailureKind.AUTH, FailureKind.AUTH)
                .throwsException(new IllegalStateException("no"))
                .build();
        var client = client(provider);
        var root = root(client, GenerationRequest.of("hello"));

        var failures = Stream.generate(() -> failed(client.preview(root.id(), "warmer")))
                .limit(3)
                .toList();

        assertThat(failures)
                .extracting(failure -> failure.failure().reference())
                .doesNotHaveDuplicates()
                .allMatch(reference -> reference.matches("preview-[0-9a-f-]{36}"));
        assertThat(failures.get(0)).hasMessageStartingWith("the preview failed: AUTH");
    }

    @Test
    void aCallThatDoesNotKeepItsTimeoutIsCutOff() {
        var provider = new CodeProvider((request, control, number) ->
                number == 1 ? CodeProvider.completed("root") : CodeProvider.whenCutOff(world, control));
        var client = world.start(world.process(provider).attemptTimeout(ofSeconds(30)));
        var plain = root(client, GenerationRequest.of("hello"));
        var preview = client.preview(plain.id(), "warmer");
        world.clock.advance(ofSeconds(29));
        assertThat(preview).isNotDone();
        world.clock.advance(ofSeconds(2));

        assertThat(kind(preview)).isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void theTimeoutOfTheParentsRequestHolds() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .replies("root")
                .hangs()
                .build();
        var client = client(provider);
        var root = root(
                client,
                GenerationRequest.builder()
                        .prompt("hello")
                        .attemptTimeout(ofSeconds(7))
                        .build());

        var preview = client.preview(root.id(), "warmer");

        assertThat(kind(preview)).isEqualTo(FailureKind.TIMEOUT);
        assertThat(provider.call(2).timeout()).isEqualTo(ofSeconds(7));
        assertThat(world.passed()).isEqualTo(ofSeconds(7));
    }

    @Test
    void aRefusedParameterIsLeftOutOnceAndNoMore() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .replies("root")
                .rejectsParameter("temperature")
                .replies("without")
                .rejectsParameter("temperature")
                .rejectsParameter("temperature")
                .build();
        var client = client(provider);
        var root = root(client, GenerationRequest.of("hello"));

        assertThat(world.until(client.preview(root.id(), "warmer")).output()).isEqualTo("without");
        assertThat(provider.call(3).request().carry()).isEqualTo("temperature");
        assertThat(kind(client.preview(root.id(), "warmer"))).isEqualTo(FailureKind.INVALID_REQUEST);

        assertThat(provider.callCount()).isEqualTo(5);
        assertThat(permits).hasValue(0);
    }

    @Test
    void anAnswerIsJudgedAndProcessedAsAnyOther() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .replies("{\"a\": 1}")
                .truncates("half")
                .replies("no json", "```\n{\"a\": 2}\n```")
                .build();
        var processor = OutputProcessors.stripFence().then(OutputProcessors.requireJson());
        var client = world.start(world.process(provider).processor("json", processor));
        var root = root(
                client,
                GenerationRequest.builder().prompt("hello").processor("json").build());

        assertThat(kind(client.preview(root.id(), "warmer"))).isEqualTo(FailureKind.TRUNCATED);
        assertThat(kind(client.preview(root.id(), "warmer"))).isEqualTo(FailureKind.UNPARSEABLE);
        var preview = world.until(client.preview(root.id(), "warmer"));
        assertThat(preview.output()).isEqualTo("{\"a\": 2}");
        assertThat(client.children(root.id())).isEmpty();
    }

    @Test
    void textIsShownAsItArrives() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .replies("root")
                .streams("one ", "two")
                .build();
        var client = client(provider);
        var root = root(client, GenerationRequest.of("hello"));
        var arrived = new CopyOnWriteArrayList<String>();

        world.until(client.preview(root.id(), "warmer", arrived::add));

        assertThat(arrived).containsExactly("one ", "two");
    }

    @Test
    void aPreviewThatHasEndedLeavesNoTimer() {
        var client = client(FakeProvider.builder()
                .clock(world.clock)
                .otherwise(FakeOutcome.reply("done"))
                .build());
        var root = root(client, GenerationRequest.of("hello"));
        world.clock.advance(Duration.ZERO);
        var timers = world.clock.timers();

        world.until(client.preview(root.id(), "warmer"));

        assertThat(world.clock.timers()).isEqualTo(timers);
    }

    @Test
    void neitherHangingPreviewsNorHangingCallbacksKeepAGenerationFromItsCall() {
        var registered = new CountDownLatch(1);
        var provider = new CodeProvider((request, control, number) -> {
            if (request.request().messages().size() > 1) {
                return CodeProvider.whenCutOff(world, control);
            }
            if (number == 2) {
                await(registered); // or the callbacks would run on the thread that registers them
            }
            return CodeProvider.completed("done");
        });
        var client = world.start(world.process(provider).maxConcurrent(1));
        var root = root(client, GenerationRequest.of("hello"));
        var slow = client.generate(GenerationRequest.of("hello"));
        var hanging = new ArrayList<CompletableFuture<?>>();
        var gate = new CountDownLatch(1);
        for (int i = 0; i < 20; i++) {
            hanging.add(slow.future().thenRun(() -> await(gate)));
        }
        Awaitility.await().until(() -> provider.calls().get() == 2);
        for (int i = 0; i < 20; i++) {
            hanging.add(client.preview(root.id(), "warmer"));
        }
        registered.countDown();

        try {
            var next = client.generate(GenerationRequest.of("hello"));

            assertThat(next.await(ofSeconds(10)).state()).isEqualTo(TaskState.SUCCEEDED);
        } finally {
            gate.countDown();
            hanging.forEach(future -> future.cancel(true));
        }
    }

    @Test
    void aPreviewThatIsCancelledBeforeItHasAThreadIsNotMade() {
        var provider = new CodeProvider((request, control, number) -> {
            if (number > 1) {
                var cut = new CountDownLatch(1);
                control.onCancel(cut::countDown);
                cut.await();
            }
            return CodeProvider.completed("done");
        });
        var client = world.start(world.process(provider));
        var root = root(client, GenerationRequest.of("hello"));
        var previews = new ArrayList<CompletableFuture<Preview>>();
        for (int i = 0; i < 16; i++) {
            previews.add(client.preview(root.id(), "warmer"));
        }
        Awaitility.await().until(() -> provider.calls().get() == 17);
        boolean bounded = Runtime.version().feature() < 21;

        var oneMore = client.preview(root.id(), "warmer");
        if (bounded) {
            oneMore.cancel(true);
        }
        previews.forEach(preview -> preview.cancel(true));
        oneMore.cancel(true);
        world.clock.advance(ofSeconds(1));

        assertThat(provider.calls()).hasValueLessThanOrEqualTo(bounded ? 17 : 18);
        assertThat(oneMore).isCancelled();
    }

    @Test
    void closingWaitsForAPreviewAndKeepsItsAnswer() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .replies("root")
                .then(FakeOutcome.reply("warm").after(ofSeconds(8)))
                .build();
        var client = world.process(provider).drainTimeout(ofSeconds(10)).build();
        var preview = client.preview(root(client, GenerationRequest.of("hello")).id(), "warmer");
        world.until(() -> provider.underWay() == 1);

        var closing = closing(client);
        world.clock.advance(ofSeconds(7));
        assertThat(closing).isNotDone();
        world.clock.advance(ofSeconds(1));
        closing.orTimeout(5, TimeUnit.SECONDS).join();

        assertThat(preview.join().output()).isEqualTo("warm");
        assertThat(world.passed()).isEqualTo(ofSeconds(8));
    }

    @Test
    void closingCutsOffAPreviewWhenTheDrainTimeoutIsOver() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .replies("root")
                .hangs()
                .build();
        var client = world.process(provider).drainTimeout(ofSeconds(10)).build();
        var preview = client.preview(root(client, GenerationRequest.of("hello")).id(), "warmer");
        world.until(() -> provider.underWay() == 1);

        var closing = closing(client);
        world.clock.advance(ofSeconds(9));
        assertThat(preview).isNotDone();
        world.clock.advance(ofSeconds(1));
        closing.orTimeout(5, TimeUnit.SECONDS).join();

        assertThat(provider.call(2).ending()).isEqualTo(FakeCall.Ending.CANCELLED);
        assertThatThrownBy(preview::join).hasCauseInstanceOf(ClientClosedException.class);
    }

    @Test
    void aPreviewWhoseCallDoesNotStopEndsWithTheClosing() {
        var provider = new CodeProvider((request, control, number) -> {
            if (number > 1) {
                world.clock.sleep(Duration.ofMinutes(10));
            }
            return CodeProvider.completed("done");
        });
        var client = world.process(provider).drainTimeout(ofSeconds(10)).build();
        var preview = client.preview(root(client, GenerationRequest.of("hello")).id(), "warmer");
        world.until(() -> provider.calls().get() == 2);

        var closing = closing(client);
        world.clock.advance(ofSeconds(14));
        assertThat(closing).isNotDone();
        world.clock.advance(ofSeconds(1));
        closing.orTimeout(5, TimeUnit.SECONDS).join();

        assertThatThrownBy(preview::join).hasCauseInstanceOf(ClientClosedException.class);
    }

    @Test
    void aClosedClientMakesNone() {
        var provider = FakeProvider.builder().clock(world.clock).build();
        var client = client(provider);
        var root = root(client, GenerationRequest.of("hello"));
        client.close();

        assertThatThrownBy(() -> client.preview(root.id(), "warmer")).isInstanceOf(ClientClosedException.class);
        assertThat(provider.callCount()).isEqualTo(1);
    }

    /** Closes on another thread, and waits until its alarm has been set. */
    private CompletableFuture<Void> closing(GenerationClient client) {
        var timers = world.clock.timers();
        var closing = CompletableFuture.runAsync(client::close);
        Awaitility.await().until(() -> world.clock.timers() > timers);
        return closing;
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private GenerationClient client(FakeProvider provider) {
        return world.start(world.process(provider).guard(guard));
    }

    private Generation root(GenerationClient client, GenerationRequest request) {
        return world.until(client.generate(request).future());
    }

    private FailureKind kind(CompletableFuture<Preview> preview) {
        return failed(preview).failure().kind();
    }

    private GenerationFailedException failed(CompletableFuture<Preview> preview) {
        try {
            world.until(preview);
        } catch (CompletionException e) {
            return (GenerationFailedException) e.getCause();
        }
        throw new AssertionError("the preview did not fail");
    }
}
