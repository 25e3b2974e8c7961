package dev.reprise.store;

import dev.reprise.generation.GenerationQuery;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks to list, newest first.
 *
 * @param scope whose
 * @param filter which; its cursor has been decoded into {@code after} and is not to be looked at
 * @param after where the page before ended, or null for the first page
 */
public record TaskQuery(
        Scope scope, GenerationQuery filter, @Nullable PagePoint after) {}
