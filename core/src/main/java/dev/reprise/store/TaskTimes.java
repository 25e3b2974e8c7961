package dev.reprise.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task's times, all by the store's clock, in whole milliseconds.
 *
 * @param createdAt when it was stored
 * @param dueAt when it may be claimed, or null when it is not SCHEDULED
 * @param deadlineAt when it must have ended, or null
 * @param claimedAt when its latest claim was made, or null
 * @param finishedAt when it ended, or null
 */
public record TaskTimes(
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable Instant deadlineAt,
        @Nullable Instant claimedAt,
        @Nullable Instant finishedAt) {}
