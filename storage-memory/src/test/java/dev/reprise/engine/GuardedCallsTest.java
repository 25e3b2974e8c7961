package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.GenerationFailedException;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Guard.Admission;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiting for leave to call costs no attempt and holds no thread and no slot. */
class GuardedCallsTest {

    private final VirtualWorld world = new VirtualWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whoIsNotAdmittedComesAgainWithoutAnAttempt() {
        var asked = new AtomicInteger();
        var returned = new AtomicInteger();
        Guard guard = (provider, model) -> asked.incrementAndGet() <= 3
                ? new Admission.Later(Duration.ofSeconds(40))
                : new Admission.Admitted(reply -> returned.incrementAndGet());
        var provider = FakeProvider.builder().clock(world.clock).build();
        var client =
                world.start(world.process(provider).retry(RetrySchedule.never()).guard(guard));

        var generation =
                world.until(client.generate(GenerationRequest.of("hello")).future());

        assertThat(generation.attempts()).extracting(Attempt::number).containsExactly(1);
        assertThat(generation.attempts()).extracting(Attempt::outcome).containsExactly(AttemptOutcome.SUCCEEDED);
        assertThat(world.passed()).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(125));
        assertThat(returned).hasValue(1);
    }

    @Test
    void whoWaitsForOneProviderDoesNotKeepTheSlotsFromAnother() {
        Guard guard = (provider, model) -> provider.equals("closed")
                ? new Admission.Later(Duration.ofMinutes(5))
                : new Admission.Admitted(reply -> {});
        var closed = FakeProvider.builder().name("closed").clock(world.clock).build();
        var open = FakeProvider.builder().name("open").clock(world.clock).build();
        var client = world.start(
                world.process(closed).provider(open).maxConcurrent(1).guard(guard));
        var waiting = client.generate(
                GenerationRequest.builder().prompt("hello").provider("closed").build());

        var generation = world.until(client.generate(GenerationRequest.builder()
                        .prompt("hello")
                        .provider("open")
                        .build())
                .future());

        assertThat(generation.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(world.passed()).isLessThan(Duration.ofSeconds(3));
        assertThat(waiting.now().state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(waiting.now().attempts()).isEmpty();
    }

    @Test
    void aLongQueueBehindALimitDoesNotComeBackAllAtOnce() {
        Guard guard = (provider, model) -> new Admission.Later(Duration.ofSeconds(10));
        var client = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build()).guard(guard));
        var handles = client.generateAll(IntStream.range(0, 50)
                .mapToObj(i -> GenerationRequest.of("prompt " + i))
                .toList());
        world.until(() -> handles.stream().allMatch(h -> h.now().state() == TaskState.SCHEDULED));

        assertThat(handles.stream()
                        .map(GenerationHandle::now)
                        .map(g -> g.progress().dueAt())
                        .distinct())
                .hasSizeGreaterThan(25);
    }

    @Test
    void aPreviewThatIsNotAdmittedSaysWhenToTryAgain() {
        var admitting = new AtomicInteger(1);
        Guard guard = (provider, model) -> admitting.getAndDecrement() > 0
                ? new Admission.Admitted(reply -> {})
                : new Admission.Later(Duration.ofSeconds(10));
        var client = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build()).guard(guard));
        var root = world.until(client.generate(GenerationRequest.of("hello")).future());
        var preview = client.preview(root.id(), "warmer");

        assertThatThrownBy(() -> world.until(preview))
                .hasCauseInstanceOf(GenerationFailedException.class)
                .hasMessageContaining("not admitted; try again in PT10S");
    }
}
