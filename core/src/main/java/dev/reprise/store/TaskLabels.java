package dev.reprise.store;

import dev.reprise.generation.GenerationKind;
import org.jspecify.annotations.Nullable;

/**
 * The names on a task.
 *
 * @param kind how the generation came to be
 * @param label the app's label, or null
 * @param provider the provider's registered name
 * @param model the model's name
 * @param processor the output processor's registered name, or null
 */
public record TaskLabels(
        GenerationKind kind,
        @Nullable String label,
        String provider,
        String model,
        @Nullable String processor) {}
