package dev.reprise.examples.call;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.provider.Provider;
import dev.reprise.provider.anthropic.AnthropicProvider;
import dev.reprise.provider.openai.Dialect;
import dev.reprise.provider.openai.OpenAiProvider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a line's request goes, and how.
 *
 * @param kind {@code anthropic} or the name of a dialect
 * @param baseUrl as the official SDKs take it: without {@code /v1} for Anthropic, with it for the others; or null for the
 *     usual one
 * @param apiKey or null for none
 * @param anthropicVersion or null for the usual one
 * @param stream whether the answer is streamed
 */
record Gateway(
        String kind,
        @Nullable String baseUrl,
        @Nullable String apiKey,
        @Nullable String anthropicVersion,
        boolean stream) {

    private static final String ANTHROPIC = "anthropic";
    private static final Map<String, Dialect> DIALECTS = Map.of(
            "openai", Dialect.OPENAI,
            "openrouter", Dialect.OPENROUTER,
            "ollama", Dialect.OLLAMA,
            "vllm", Dialect.VLLM);
    private static final List<String> KINDS = List.of(ANTHROPIC, "openai", "openrouter", "ollama", "vllm");

    Gateway {
        if (!KINDS.contains(kind)) {
            throw new InvalidRequestException(CallLine.PROVIDER, kind, "must be one of " + String.join(", ", KINDS));
        }
        if (anthropicVersion != null && !kind.equals(ANTHROPIC)) {
            throw new InvalidRequestException(
                    CallLine.ANTHROPIC_VERSION, anthropicVersion, "must be given for anthropic only");
        }
    }

    /** A provider for it. */
    Provider connect() {
        var dialect = DIALECTS.get(kind);
        return dialect == null ? anthropic() : openAi(dialect);
    }

    private Provider anthropic() {
        var builder = AnthropicProvider.builder().streaming(stream);
        if (baseUrl != null) {
            builder.baseUrl(baseUrl);
        }
        if (apiKey != null) {
            builder.apiKey(apiKey);
        }
        if (anthropicVersion != null) {
            builder.version(anthropicVersion);
        }
        return builder.build();
    }

    private Provider openAi(Dialect dialect) {
        var builder = OpenAiProvider.builder().dialect(dialect).streaming(stream);
        if (baseUrl != null) {
            builder.baseUrl(baseUrl);
        }
        if (apiKey != null) {
            builder.apiKey(apiKey);
        }
        return builder.build();
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "Gateway[" + kind + ", " + baseUrl + "]";
    }
}
