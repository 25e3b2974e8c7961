package dev.reprise.provider.openai;

import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Support;
import java.util.List;

/**
 * What OpenAI's model pages say about families by the prefix of their names. A family that is not here is found out
 * about by asking; an app's own description goes before all of this.
 */
final class OpenAiFamilies {

    static final List<ModelProfile> ALL = List.of(
            family("gpt-3.5-turbo", Support.YES, 4_096, 16_385),
            family("gpt-4-turbo", Support.YES, 4_096, 128_000),
            family("gpt-4o", Support.YES, 16_384, 128_000),
            family("gpt-4.1", Support.YES, 32_768, 1_047_576),
            family("gpt-5-2025", Support.NO, 128_000, 400_000),
            family("gpt-5-mini", Support.NO, 128_000, 400_000),
            family("gpt-5-nano", Support.NO, 128_000, 400_000),
            family("o1-2024", Support.NO, 100_000, 200_000),
            family("o3", Support.NO, 100_000, 200_000),
            family("o4-mini", Support.NO, 100_000, 200_000));

    private OpenAiFamilies() {}

    private static ModelProfile family(String prefix, Support temperature, int outputCap, int contextCap) {
        return ModelProfile.builder(prefix)
                .temperature(temperature)
                .outputCap(outputCap)
                .contextCap(contextCap)
                .build();
    }
}
