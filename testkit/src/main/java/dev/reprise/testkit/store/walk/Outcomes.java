package dev.reprise.testkit.store.walk;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.StoredOutcomes;
import dev.reprise.store.TaskOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores outcomes. One that stands in a program a second time is told again: under the claim it had the first time, as
 * after an answer that was lost.
 */
record Outcomes(Who who, List<Told> told) implements Claiming {

    /**
     * An outcome as a program has it.
     *
     * @param task the task
     * @param back 0 for its latest claim, 1 for the one before it, and so on
     * @param nonce the outcome's
     * @param attempt how the attempt ended, or null
     * @param next what becomes of the task
     */
    record Told(
            GenerationId task,
            int back,
            String nonce,
            @Nullable AttemptReport attempt,
            TaskOutcome.Next next) {}

    @Override
    public Object with(Side side, RunnerSession session) {
        var outcomes = told.stream()
                .map(one -> side.notes()
                        .once(
                                one,
                                first -> new TaskOutcome(
                                        side.notes().claim(first.task, first.back),
                                        first.nonce,
                                        first.attempt,
                                        first.next)))
                .toList();
        var stored = session.storeOutcomes(outcomes);
        return new StoredOutcomes(stored.receipts(), Answers.ends(stored.ends()));
    }

    @Override
    public List<Operation> simpler() {
        return Fewer.of(told, some -> new Outcomes(who, some));
    }
}
