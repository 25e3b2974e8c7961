package dev.reprise.attempt;

import dev.reprise.codec.GenerationReader;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A task that this process has claimed and works on.
 *
 * @param task the task, as claimed
 * @param session the incarnation that claimed it: the only one that can store its outcome
 * @param call its provider call
 * @param claimedNanos the process's monotonic reading at the claim
 */
public record Claim(ClaimedTask task, RunnerSession session, ActiveCall call, long claimedNanos) {

    /** The task under this claim. */
    public TaskRef ref() {
        return task.ref();
    }

    /** The number of the attempt that the claim began. */
    int attempt() {
        return task.row().counters().attempts();
    }

    /**
     * What is left of the generation's overall time, or null when it has no deadline.
     *
     * @param nowNanos the process's monotonic reading
     */
    @Nullable
    Duration untilDeadline(long nowNanos) {
        var deadline = task.row().times().deadlineAt();
        return deadline == null
                ? null
                : Duration.between(task.now(), deadline).minus(Duration.ofNanos(nowNanos - claimedNanos));
    }

    /** A failure with what support can look up. */
    GenerationFailure named(GenerationFailure failure) {
        return failure.toBuilder()
                .reference(GenerationReader.reference(task.row(), attempt()))
                .build();
    }
}
