package dev.reprise.examples.upstream;

import dev.reprise.examples.command.Shell;
import dev.reprise.provider.Provider;
import dev.reprise.provider.anthropic.AnthropicProvider;
import dev.reprise.provider.openai.Dialect;
import dev.reprise.provider.openai.OpenAiProvider;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service that wants a key, or is a server of one's own at a base URL.
 *
 * @param title what people call it
 * @param prefix what the names of its variables begin with: {@code _API_KEY}, {@code _MODEL}, {@code _BASE_URL}
 * @param keyOptional whether a base URL without a key will do
 * @param connector makes a provider of it
 */
record KeyedService(String title, String prefix, boolean keyOptional, Connector connector) {

    /** Those that the examples know, in the order in which they are looked for. */
    static final List<KeyedService> ALL = List.of(
            new KeyedService("Anthropic", "ANTHROPIC", false, KeyedService::anthropic),
            new KeyedService(
                    "OpenRouter",
                    "OPENROUTER",
                    false,
                    (key, model, baseUrl) -> openAi(Dialect.OPENROUTER, key, model, baseUrl)),
            new KeyedService(
                    "OpenAI", "OPENAI", true, (key, model, baseUrl) -> openAi(Dialect.OPENAI, key, model, baseUrl)));

    /** Makes a provider of a model and perhaps a key, and perhaps another base URL than the usual one. */
    @FunctionalInterface
    interface Connector {
        Provider connect(@Nullable String key, String model, @Nullable String baseUrl);
    }

    /** The first that is set up: one that says which model to ask, rather than one that does not. */
    static Optional<KeyedService> configured(Shell shell) {
        var setUp = ALL.stream().filter(service -> service.isSetUp(shell)).toList();
        return setUp.stream()
                .filter(service -> shell.variable(service.modelVariable()).isPresent())
                .findFirst()
                .or(() -> setUp.stream().findFirst());
    }

    private boolean isSetUp(Shell shell) {
        return shell.variable(keyVariable()).isPresent()
                || (keyOptional && shell.variable(baseUrlVariable()).isPresent());
    }

    static String modelVariables() {
        return ALL.stream().map(KeyedService::modelVariable).collect(Collectors.joining(" or "));
    }

    String keyVariable() {
        return prefix + "_API_KEY";
    }

    String modelVariable() {
        return prefix + "_MODEL";
    }

    String baseUrlVariable() {
        return prefix + "_BASE_URL";
    }

    private static Provider anthropic(@Nullable String key, String model, @Nullable String baseUrl) {
        var builder = AnthropicProvider.builder().model(model);
        if (key != null) {
            builder.apiKey(key);
        }
        return (baseUrl == null ? builder : builder.baseUrl(baseUrl)).build();
    }

    private static Provider openAi(Dialect dialect, @Nullable String key, String model, @Nullable String baseUrl) {
        var builder = OpenAiProvider.builder().dialect(dialect).model(model);
        if (key != null) {
            builder.apiKey(key);
        }
        return (baseUrl == null ? builder : builder.baseUrl(baseUrl)).build();
    }
}
