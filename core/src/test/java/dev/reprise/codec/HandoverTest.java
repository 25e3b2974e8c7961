package dev.reprise.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.json.JsonFormatException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one attempt hands to the next keeps the engine's part and the provider's apart. */
class HandoverTest {

    @Test
    void nothingIsStoredAsNothing() {
        assertThat(Handover.NONE.encode()).isNull();
        assertThat(Handover.decode(null)).isEqualTo(Handover.NONE);
    }

    @Test
    void bothPartsComeBack() {
        var handover = new Handover(Map.of("polls", "3", "später", "☕"), "{\"without\":[\"temperature\"]}");

        assertThat(Handover.decode(handover.encode())).isEqualTo(handover);
    }

    @Test
    void eachPartMayBeAlone() {
        var engine = new Handover(Map.of("polls", "3"), null);
        var provider = Handover.NONE.withProvider("");

        assertThat(Handover.decode(engine.encode())).isEqualTo(engine);
        assertThat(Handover.decode(provider.encode())).isEqualTo(provider);
    }

    @Test
    void providersPartLeavesTheEnginesAlone() {
        var handover = new Handover(Map.of("polls", "3"), "first").withProvider("second");

        assertThat(handover).isEqualTo(new Handover(Map.of("polls", "3"), "second"));
    }

    @Test
    void storedFormIsVersioned() {
        assertThat(new Handover(Map.of("polls", "3"), "x").encode())
                .isEqualTo("{\"v\":1,\"engine\":{\"polls\":\"3\"},\"provider\":\"x\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"temperature", "", "{}", "{\"v\":2,\"provider\":\"x\"}"})
    void formOfAnotherVersionIsNotGuessedAt(String stored) {
        assertThatThrownBy(() -> Handover.decode(stored)).isInstanceOf(JsonFormatException.class);
    }
}
