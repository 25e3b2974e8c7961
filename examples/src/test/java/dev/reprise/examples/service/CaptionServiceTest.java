package dev.reprise.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.GenerationClient;
import dev.reprise.failure.FailureKind;
import dev.reprise.storage.memory.InMemoryTaskStore;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import dev.reprise.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How an app tests a service of its own: no network, no sleeping, and what the provider says is in the script. */
class CaptionServiceTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final VirtualClock clock = VirtualClock.startingAt(NOON);

    @Test
    void aCaptionIsPendingAndThenReady() {
        var provider = FakeProvider.builder()
                .clock(clock)
                .latency(Duration.ofSeconds(3))
                .replies(" Light, folded. ")
                .build();
        try (var client = client(provider)) {
            var captions = new CaptionService(client.forOwner("shop"));
            var id = captions.request("oak lamp");
            assertThat(captions.show(id)).isEqualTo(new Caption.Pending());

            clock.advance(Duration.ofSeconds(3));

            assertThat(captions.show(id)).isEqualTo(new Caption.Ready("Light, folded."));
        }
    }

    @Test
    void aBusyProviderIsAskedAgainWithoutAnybodyWaiting() {
        var provider = FakeProvider.builder()
                .clock(clock)
                .fails(FailureKind.OVERLOADED, FailureKind.OVERLOADED)
                .replies("Light, folded.")
                .build();
        try (var client = client(provider)) {
            var captions = new CaptionService(client.forOwner("shop"));
            var id = captions.request("oak lamp");

            clock.runUntil(client.handle(id).future(), Duration.ofHours(1));

            assertThat(captions.show(id)).isEqualTo(new Caption.Ready("Light, folded."));
            assertThat(provider.callCount()).isEqualTo(3);
            assertThat(Duration.between(NOON, clock.instant())).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(8));
        }
    }

    @Test
    void aFailureIsShownInWordsForPeopleAndWithAReference() {
        var provider = FakeProvider.builder()
                .clock(clock)
                .otherwise(FakeOutcome.failure(FailureKind.OVERLOADED))
                .build();
        try (var client = client(provider)) {
            var captions = new CaptionService(client.forOwner("shop"));
            var id = captions.request("oak lamp");

            clock.advance(Duration.ofMinutes(1));

            assertThat(captions.show(id))
                    .isEqualTo(new Caption.Unavailable(
                            "The AI service is busy right now. Please try again in a few minutes.", id + "#4"));
            assertThat(provider.callCount()).isEqualTo(4);
        }
    }

    @Test
    void theSameProductIsPaidForOnce() {
        var provider =
                FakeProvider.builder().clock(clock).replies("Light, folded.").build();
        try (var client = client(provider)) {
            var captions = new CaptionService(client.forOwner("shop"));
            var first = captions.request("oak lamp");
            clock.advance(Duration.ofSeconds(1));

            assertThat(captions.request("oak lamp")).isEqualTo(first);
            clock.advance(Duration.ofSeconds(1));
            assertThat(provider.callCount()).isEqualTo(1);
        }
    }

    private GenerationClient client(FakeProvider provider) {
        return GenerationClient.builder()
                .provider(provider)
                .taskStore(InMemoryTaskStore.create(clock))
                .time(clock)
                .drainTimeout(Duration.ZERO)
                .build();
    }
}
