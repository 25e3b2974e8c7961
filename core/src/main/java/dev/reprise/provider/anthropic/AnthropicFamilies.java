package dev.reprise.provider.anthropic;

import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Support;
import java.util.List;

/**
 * What Anthropic's model overview says about families by the prefix of their names. A family that is not here is found
 * out about by asking; an app's own description goes before all of this.
 */
final class AnthropicFamilies {

    private static final int CONTEXT = 200_000;

    static final List<ModelProfile> ALL = List.of(
            family("claude-3-opus", 4_096),
            family("claude-3-haiku", 4_096),
            family("claude-3-5-", 8_192),
            family("claude-3-7-sonnet", 64_000),
            family("claude-opus-4-0", 32_000),
            family("claude-opus-4-1", 32_000),
            family("claude-opus-4-2025", 32_000),
            family("claude-opus-4-5", 64_000),
            family("claude-sonnet-4-0", 64_000),
            family("claude-sonnet-4-2025", 64_000),
            family("claude-sonnet-4-5", 64_000),
            family("claude-haiku-4-5", 64_000));

    private AnthropicFamilies() {}

    private static ModelProfile family(String prefix, int outputCap) {
        return ModelProfile.builder(prefix)
                .temperature(Support.YES)
                .outputCap(outputCap)
                .contextCap(CONTEXT)
                .build();
    }
}
