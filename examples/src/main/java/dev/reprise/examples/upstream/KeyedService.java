package dev.reprise.examples.upstream;

import dev.reprise.examples.command.Shell;
import dev.reprise.provider.Provider;
import dev.reprise.provider.anthropic.AnthropicProvider;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service that wants a key.
 *
 * @param title what people call it
 * @param prefix what the names of its variables begin with: {@code _API_KEY}, {@code _MODEL}, {@code _BASE_URL}
 * @param connector makes a provider of it
 */
record KeyedService(String title, String prefix, Connector connector) {

    /** Those that the examples know, in the order in which they are looked for. */
    static final List<KeyedService> ALL = List.of(new KeyedService("Anthropic", "ANTHROPIC", KeyedService::anthropic));

    /** Makes a provider of a key, a model and perhaps another base URL than the usual one. */
    @FunctionalInterface
    interface Connector {
        Provider connect(String key, String model, @Nullable String baseUrl);
    }

    /** The first whose key is set. */
    static Optional<KeyedService> configured(Shell shell) {
        return ALL.stream()
                .filter(service -> shell.variable(service.keyVariable()).isPresent())
                .findFirst();
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

    private static Provider anthropic(String key, String model, @Nullable String baseUrl) {
        var builder = AnthropicProvider.builder().apiKey(key).model(model);
        return (baseUrl == null ? builder : builder.baseUrl(baseUrl)).build();
    }
}
