package dev.reprise.engine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.event.Health;
import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.testkit.FakeCall;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process whose beats do not get through begins no calls, gives up those it has lost, and says how it stands. */
class StandingTest {

    private final VirtualWorld world = new VirtualWorld();
    private final CutOffStore link = new CutOffStore(world.store);

    @AfterEach
    void close() {
        link.mend();
        world.close();
    }

    @Test
    void aRetryIsNotClaimedOnceHalfALeaseHasPassedWithoutABeat() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .fails(FailureKind.SERVER)
                .replies("done")
                .build();
        var client = world.start(world.process(provider, link.store()).retry(RetrySchedule.delays(ofSeconds(20))));
        var handle = client.generate(GenerationRequest.of("hello"));
        world.until(() -> handle.now().state() == TaskState.SCHEDULED);
        // Everything else gets through, so that nothing but the silence keeps it from calling.
        link.loseAnswersOf("beat");
        world.clock.advance(ofSeconds(14));
        assertThat(client.health().problems()).singleElement().asString().startsWith("beat");
        world.clock.advance(ofSeconds(11));

        assertThat(provider.callCount()).isEqualTo(1);
        assertThat(client.health().status()).isEqualTo(Health.Status.DEGRADED);

        link.mend();
        assertThat(world.until(handle.future()).attempts()).hasSize(2);
        assertThat(client.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void aSubmitIsStoredAndNotClaimedOnceHalfALeaseHasPassedWithoutABeat() {
        var provider = FakeProvider.builder().clock(world.clock).build();
        var client = world.start(world.process(provider, link.store()));
        var handedBack = new AtomicInteger();
        link.loseAnswersOf("beat");
        link.before("handBack", handedBack::incrementAndGet);
        world.clock.advance(ofSeconds(16));

        var handle = client.generate(GenerationRequest.of("hello"));
        world.clock.advance(ofSeconds(5));

        assertThat(handle.now().state()).isEqualTo(TaskState.READY);
        assertThat(provider.callCount()).isZero();
        assertThat(handedBack).hasValue(0);
        link.mend();
        assertThat(world.until(handle.future()).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aClaimThatIsAnsweredTooLateForACallIsHandedBackUnsent() {
        var submitter = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build()).submitOnly());
        var provider = FakeProvider.builder().clock(world.clock).build();
        var client = world.start(world.process(provider, link.store()));
        world.clock.advance(ofSeconds(2));
        var claims = new AtomicInteger();
        link.loseAnswersOf("beat");
        link.after("claim", () -> {
            claims.incrementAndGet();
            sleep(ofSeconds(20));
        });

        var handle = submitter.generate(GenerationRequest.of("hello"));
        world.clock.advance(ofSeconds(25));

        assertThat(provider.callCount()).isZero();
        assertThat(claims).hasValue(1);
        assertThat(handle.now().state()).isEqualTo(TaskState.READY);
        assertThat(client.health().running()).isZero();
        link.mend();
        assertThat(world.until(handle.future()).attempts())
                .extracting(Attempt::number)
                .containsExactly(1);
    }

    @Test
    void aClaimThatCannotBeHandedBackDoesNotKeepItsSlot() {
        var submitter = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build()).submitOnly());
        var provider = FakeProvider.builder().clock(world.clock).build();
        var client = world.start(world.process(provider, link.store()).maxConcurrent(1));
        world.clock.advance(ofSeconds(2));
        link.loseAnswersOf("beat");
        link.after("claim", () -> sleep(ofSeconds(20)));
        link.refuse("handBack");

        var handle = submitter.generate(GenerationRequest.of("hello"));
        world.clock.advance(ofSeconds(25));
        assertThat(client.health().running()).isZero();
        link.mend();

        // The beats find it in the store and hand it back then.
        assertThat(world.until(handle.future()).attempts()).hasSize(1);
    }

    @Test
    void theCallsOfAProcessThatWasDeclaredDeadAreCutOffAndTheirUsageIsKept() {
        var lost = FakeProvider.builder()
                .clock(world.clock)
                .then(FakeOutcome.hanging().using(Usage.of(7, 3)))
                .build();
        var first = world.start(world.process(lost, link.store()));
        var id = first.generate(GenerationRequest.of("hello")).id();
        world.until(() -> lost.underWay() == 1);
        link.cut();
        var healthy = FakeProvider.builder().clock(world.clock).replies("done").build();
        var second = world.start(healthy);
        var generation = world.until(second.handle(id).future());

        link.mend();
        world.clock.advance(ofSeconds(10));

        assertThat(lost.call(1).ending()).isEqualTo(FakeCall.Ending.CANCELLED);
        assertThat(first.health().running()).isZero();
        var after = second.get(id).orElseThrow();
        assertThat(after.result()).isEqualTo(generation.result());
        assertThat(after.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(AttemptOutcome.LATE, AttemptOutcome.SUCCEEDED);
        assertThat(after.attempts().get(0).usage()).isEqualTo(Usage.of(7, 3));
    }

    @Test
    void aProcessThatWasDeclaredDeadGoesOnAtOnceAsAnotherIncarnation() {
        var provider = FakeProvider.builder().clock(world.clock).build();
        world.start(world.process(provider, link.store()));
        var observer =
                FakeProvider.builder().name("observer").clock(world.clock).build();
        var other = world.process(observer).build();
        link.cut();
        world.clock.advance(ofSeconds(40));
        other.close();
        var submitter = world.start(world.process(provider).submitOnly());
        var handle = submitter.generate(GenerationRequest.of("hello"));
        link.mend();

        world.until(() -> provider.callCount() == 1);

        assertThat(world.passed()).isLessThanOrEqualTo(ofSeconds(41));
        assertThat(world.until(handle.future()).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void whatADeadProcessHadIsTakenOverAtTheLookThatFindsItDead() {
        var dying = FakeProvider.builder().clock(world.clock).hangs().build();
        var first = world.start(world.process(dying, link.store()).lease(ofSeconds(5)));
        var healthy = FakeProvider.builder().clock(world.clock).build();
        world.start(world.process(healthy).lease(ofSeconds(5)));
        first.generate(GenerationRequest.of("hello"));
        world.clock.advance(Duration.ofMillis(1_500));
        link.cut();

        world.until(() -> healthy.callCount() == 1);

        // The last beat came at 1 s; looks come every 1.25 s, and the next poll would be at 7 s.
        assertThat(world.passed()).isEqualTo(Duration.ofMillis(6_250));
    }

    @Test
    void closingWithoutAStoreSaysNothing() {
        var client = world.process(FakeProvider.builder().clock(world.clock).build(), link.store())
                .build();
        link.cut();

        assertThatCode(client::close).doesNotThrowAnyException();

        assertThat(client.health().status()).isEqualTo(Health.Status.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({
        "beat, beat",
        "reap, reaping",
        "promote, promoting",
        "claim, claiming",
        "storeOutcomes, storing outcomes",
        "unpark, unparking",
        "states, looking for ended generations"
    })
    void whatFailsIsAProblemUntilItWorksAgain(String call, String problem) {
        var provider =
                FakeProvider.builder().clock(world.clock).latency(ofSeconds(5)).build();
        var client = world.start(world.process(provider, link.store()));
        var future = client.generate(GenerationRequest.of("hello")).future();
        world.clock.advance(ofSeconds(2));
        assertThat(client.health().lastBeat()).isEqualTo(world.clock.instant());
        link.refuse(call);
        // Long enough for what is done once a lease.
        world.clock.advance(ofSeconds(34));

        assertThat(client.health().problems()).singleElement().asString().startsWith(problem + ": ");
        assertThat(client.health().status()).isEqualTo(Health.Status.DEGRADED);

        link.mend();
        world.clock.advance(ofSeconds(34));
        assertThat(client.health().problems()).isEmpty();
        assertThat(client.health().status()).isEqualTo(Health.Status.UP);
        assertThat(world.until(future).attempts()).hasSize(1);
    }

    @Test
    void aClientThatOnlySubmitsSaysHowItStandsAsWell() {
        var client = world.process(FakeProvider.builder().clock(world.clock).build(), link.store())
                .submitOnly()
                .build();
        var future = client.generate(GenerationRequest.of("hello")).future();
        assertThat(client.health().status()).isEqualTo(Health.Status.UP);
        link.cut();
        world.clock.advance(ofSeconds(2));
        assertThat(client.health().status()).isEqualTo(Health.Status.DEGRADED);
        link.mend();
        world.clock.advance(ofSeconds(2));
        assertThat(client.health().status()).isEqualTo(Health.Status.UP);

        client.close();

        assertThat(client.health().status()).isEqualTo(Health.Status.CLOSED);
        assertThatThrownBy(() -> world.until(future)).hasRootCauseInstanceOf(ClientClosedException.class);
    }

    private void sleep(Duration duration) {
        try {
            world.clock.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
