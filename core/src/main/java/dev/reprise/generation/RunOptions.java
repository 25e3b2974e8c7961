package dev.reprise.generation;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request that is about its run and no provider's business.
 *
 * @param settings the app's settings
 * @param label the app's label to filter by, or null
 * @param processor the registered name of the output processor, or null
 * @param priority higher runs first
 * @param idempotencyKey unique per owner, or null
 * @param attemptTimeout the limit for one provider call, or null
 * @param deadline the limit for all of it, or null
 */
record RunOptions(
        Map<String, String> settings,
        @Nullable String label,
        @Nullable String processor,
        int priority,
        @Nullable String idempotencyKey,
        @Nullable Duration attemptTimeout,
        @Nullable Duration deadline) {

    RunOptions {
        settings = RequestLimits.copy(settings);
    }
}
