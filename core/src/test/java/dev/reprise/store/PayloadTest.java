package dev.reprise.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Small values that stores are made of. */
class PayloadTest {

    @Test
    void payloadIsEqualByItsBytes() {
        assertThat(payload("abc"))
                .isEqualTo(payload("abc"))
                .hasSameHashCodeAs(payload("abc"))
                .isNotEqualTo(payload("abd"))
                .isNotEqualTo("abc");
        assertThat(payload("abc").size()).isEqualTo(3);
    }

    @Test
    void payloadShowsItsSizeAndNeverItsContent() {
        assertThat(payload("my secret")).hasToString("Payload[9 bytes]");
    }

    @Test
    void noBytesAreNoPayload() {
        assertThat(Payload.ofNullable(null)).isNull();
        assertThat(Payload.ofNullable(new byte[] {1})).isEqualTo(Payload.of(new byte[] {1}));
        assertThat(Payload.of(new byte[0]).size()).isZero();
    }

    @Test
    void scopeCoversOneOwnerOrAll() {
        var mine = Scope.of(Owner.of("me"));

        assertThat(mine.covers(Owner.of("me"))).isTrue();
        assertThat(mine.covers(Owner.of("you"))).isFalse();
        assertThat(mine.covers(Owner.NONE)).isFalse();
        assertThat(Scope.ALL.covers(Owner.of("you"))).isTrue();
        assertThat(Scope.ALL.covers(Owner.NONE)).isTrue();
    }

    @Test
    void taskWithoutAPlaceOrInTheFirstLeadsAFeed() {
        assertThat(Placement.ALONE.leadsFeed()).isTrue();
        assertThat(new Placement(null, 0, null, null).leadsFeed()).isTrue();
        assertThat(new Placement(null, 1, null, null).leadsFeed()).isFalse();
    }

    @Test
    void beatCopiesWhatIsHeld() {
        var beat = new Beat(true, Set.of(new TaskRef(new GenerationId("g"), 1)));

        assertThat(beat.held()).containsExactly(new TaskRef(new GenerationId("g"), 1));
    }

    private static Payload payload(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
