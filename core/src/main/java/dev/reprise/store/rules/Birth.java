package dev.reprise.store.rules;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.NewTask;
import dev.reprise.store.Placement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task that is to be stored.
 *
 * @param task what was offered
 * @param placement where it belongs, its parent replaced by the one that stands in its place
 * @param dependsOn what it depends on, each once, replaced by what stands in its place
 * @param step what its row says
 * @param deadlineAt when it must have ended, or null
 * @param claimed whether the submitting runner claims it at once; then the step is the one before the claim
 */
public record Birth(
        NewTask task,
        Placement placement,
        List<GenerationId> dependsOn,
        Step step,
        @Nullable Instant deadlineAt,
        boolean claimed) {

    /** Whether it fails when its runner dies. */
    public boolean failsOnCrash() {
        return task.timing().onCrash() == NewTask.OnCrash.FAIL;
    }

    Birth with(Step other) {
        return new Birth(task, placement, dependsOn, other, deadlineAt, claimed);
    }

    Birth claim() {
        return new Birth(task, placement, dependsOn, step, deadlineAt, true);
    }
}
