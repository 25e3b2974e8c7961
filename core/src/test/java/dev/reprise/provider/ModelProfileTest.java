package dev.reprise.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.provider.ModelProfile.Support;
import org.junit.jupiter.api.Test;

/** What a model takes, as far as is known. */
class ModelProfileTest {

    @Test
    void modelNobodyDescribedIsAllUnknowns() {
        var profile = ModelProfile.unknown("some-model");

        assertThat(profile.model()).isEqualTo("some-model");
        assertThat(profile.temperature()).isEqualTo(Support.UNKNOWN);
        assertThat(profile.outputCap()).isNull();
    }

    @Test
    void wordOnTemperatureCanBeChanged() {
        var profile = ModelProfile.unknown("some-model").withTemperature(Support.NO);

        assertThat(profile.temperature()).isEqualTo(Support.NO);
        assertThat(profile.model()).isEqualTo("some-model");
    }
}
