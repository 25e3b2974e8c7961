package dev.reprise.store;

import dev.reprise.generation.GenerationKind;
import org.jspecify.annotations.Nullable;

/**
 * The names on a task. What runs it is a provider with a model, or a handler of the app's own; a task with neither waits
 * for a person to decide.
 *
 * @param kind how the generation came to be
 * @param label the app's label, or null
 * @param provider the provider's registered name, or null when none runs it
 * @param model the model's name, or null when no provider runs it
 * @param processor the output processor's registered name, or null
 * @param handler the registered name of the app's own code that runs it, or null
 */
public record TaskLabels(
        GenerationKind kind,
        @Nullable String label,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String processor,
        @Nullable String handler) {

    /** Whether a person decides it, and nobody runs it. */
    public boolean awaitsDecision() {
        return provider == null && handler == null;
    }
}
