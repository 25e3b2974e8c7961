package dev.reprise.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.provider.Guard.Admission;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Those that are put off come back one after the other, none too early and none for ever later. */
class StaggeredGuardTest {

    private long now;
    private final StaggeredGuard guard =
            new StaggeredGuard((provider, model) -> new Admission.Later(Duration.ofSeconds(10)), new TimeSource() {
                @Override
                public Instant instant() {
                    return Instant.EPOCH.plusNanos(now);
                }

                @Override
                public long nanoTime() {
                    return now;
                }

                @Override
                public Timer schedule(Duration delay, Runnable action) {
                    throw new UnsupportedOperationException();
                }
            });

    private List<Duration> waits(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ((Admission.Later) guard.admit("provider", "model")).delay())
                .toList();
    }

    @Test
    void longQueueFoldsBackInsteadOfWaitingEverLonger() {
        var waits = waits(300);

        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(10)) >= 0);
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMinutes(1)) <= 0);
        assertThat(waits.stream().distinct()).hasSizeGreaterThan(50);
    }

    @Test
    void queueThatIsOverDoesNotBunchTheNextOne() {
        waits(3);
        now += Duration.ofMinutes(10).toNanos();

        assertThat(waits(20).stream().distinct()).hasSize(20);
    }
}
