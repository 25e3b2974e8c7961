package dev.reprise.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Sent;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.provider.Guard.Admission.Admitted;
import dev.reprise.provider.Guard.Admission.Later;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.provider.ProviderReply.Failed;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who is admitted, and for how long others are sent away. */
class GuardTest {

    private static final Exchange EXCHANGE = new Exchange(null, Usage.NONE, new Sent("m", Map.of(), null));
    private static final ProviderReply FINE = new Completed("hi", StopReason.END, null, EXCHANGE);

    private static ProviderReply failed(FailureKind kind) {
        return new Failed(GenerationFailure.of(kind, "m"), null, EXCHANGE);
    }

    private static Guard.Permit permit(Guard guard) {
        return ((Admitted) guard.admit("p", "m")).permit();
    }

    @Test
    void guardWithoutLimitsAdmitsAll() {
        for (int i = 0; i < 100; i++) {
            assertThat(Guard.none().admit("p", "m")).isInstanceOf(Admitted.class);
            assertThat(Guard.builder().build().admit("p", "m")).isInstanceOf(Admitted.class);
        }
    }

    @Test
    void slotsAreCountedForEachModelAndGivenBackOnce() {
        var guard = Guard.builder().concurrency(2).build();
        var first = permit(guard);
        permit(guard);

        assertThat(guard.admit("p", "m")).isEqualTo(new Later(Duration.ofMillis(100)));
        assertThat(guard.admit("p", "other")).isInstanceOf(Admitted.class);
        assertThat(guard.admit("q", "m")).isInstanceOf(Admitted.class);

        first.done(FINE);
        first.done(FINE);

        assertThat(guard.admit("p", "m")).isInstanceOf(Admitted.class);
        assertThat(guard.admit("p", "m")).isInstanceOf(Later.class);
    }

    @Test
    void rateSendsAwayForOneIntervalAndTakesNoSlot() {
        var guard =
                Guard.builder().concurrency(2).rate(2, Duration.ofSeconds(20)).build();
        permit(guard);

        assertThat(guard.admit("p", "m")).isEqualTo(new Later(Duration.ofSeconds(10)));
        assertThat(guard.admit("p", "m")).isEqualTo(new Later(Duration.ofSeconds(10)));
    }

    @Test
    void circuitOpensForAModelThatIsDownAndClosesAfterOneSuccess() {
        var guard = Guard.builder()
                .circuit(50, 4, Duration.ofSeconds(10), Duration.ofMillis(200))
                .build();
        for (int i = 0; i < 4; i++) {
            permit(guard).done(i % 2 == 0 ? FINE : failed(FailureKind.OVERLOADED));
        }

        assertThat(((Later) guard.admit("p", "m")).delay()).isBetween(Duration.ofMillis(1), Duration.ofMillis(200));
        assertThat(guard.admit("p", "other")).isInstanceOf(Admitted.class);

        var probe = Awaitility.await().until(() -> guard.admit("p", "m"), Admitted.class::isInstance);
        assertThat(guard.admit("p", "m")).as("one probe at a time").isInstanceOf(Later.class);
        ((Admitted) probe).permit().done(FINE);
        assertThat(guard.admit("p", "m")).isInstanceOf(Admitted.class);
        assertThat(guard.admit("p", "m")).isInstanceOf(Admitted.class);
    }

    @Test
    void refusalsAndRateLimitsDoNotOpenTheCircuit() {
        var guard = Guard.builder()
                .circuit(1, 1, Duration.ofSeconds(10), Duration.ofSeconds(10))
                .build();
        for (var kind : new FailureKind[] {
            FailureKind.RATE_LIMITED, FailureKind.INVALID_REQUEST, FailureKind.REFUSED, FailureKind.UNPARSEABLE
        }) {
            permit(guard).done(failed(kind));
        }
        permit(guard).done(null);

        assertThat(guard.admit("p", "m")).isInstanceOf(Admitted.class);
    }

    @Test
    void wrongLimitsAreRefused() {
        assertThatThrownBy(() -> Guard.builder().concurrency(0)).hasMessage("guard.concurrency must be at least 1: 0");
        assertThatThrownBy(() -> Guard.builder().rate(1, Duration.ZERO))
                .hasMessage("guard.rate.period must be over PT0S: PT0S");
        assertThatThrownBy(() -> Guard.builder().circuit(101, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessage("guard.circuit.percent must be 1 to 100: 101");
    }
}
