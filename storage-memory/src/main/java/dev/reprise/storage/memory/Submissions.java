package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.rules.Birth;
import dev.reprise.store.rules.BirthRules;
import dev.reprise.store.rules.SubmissionRules;
import dev.reprise.store.rules.SubmissionRules.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stores submissions, whatever was stored of them before. Guarded by the store's lock. */
final class Submissions {

    private final Tx tx;
    private final Submission submission;
    private final @Nullable RunnerEntry runner;
    private final int claim;

    private Submissions(Tx tx, Submission submission, @Nullable RunnerEntry runner, int claim) {
        this.tx = tx;
        this.submission = submission;
        this.runner = runner;
        this.claim = claim;
    }

    /** Stores a submission and claims up to {@code claim} of its tasks for a runner, when there is one. */
    static Submitted store(Tx tx, Submission submission, @Nullable RunnerEntry runner, int claim) {
        return new Submissions(tx, submission, runner, claim).store();
    }

    private Submitted store() {
        var facts = SubmissionFacts.read(tx, submission);
        var verdict = SubmissionRules.judge(submission, facts);
        if (verdict instanceof Verdict.Refused refused) {
            return refused.answer();
        }
        if (verdict instanceof Verdict.Known known) {
            return new Submitted.Stored(known.createdAt(), known.existing(), claimedBefore(known.repeated()));
        }
        var fresh = (Verdict.Fresh) verdict;
        int claims = runner != null && runner.isAlive() ? claim : 0;
        var births = BirthRules.births(submission, fresh, facts, claims, tx.now());
        return new Submitted.Stored(tx.now(), fresh.existing(), insert(births));
    }

    /** Stores tasks and their batch; those that are claimed, in the order of claims. */
    private List<ClaimedTask> insert(List<Birth> births) {
        var batch = submission.batch() == null
                ? null
                : tx.batches().born(submission.batch(), submission.owner(), births.size(), tx.now());
        var claimed = new ArrayList<TaskEntry>();
        for (Birth birth : births) {
            var task = tx.tasks().born(birth, submission.owner(), batch, tx.now());
            if (batch != null && task.state().isTerminal()) {
                batch.taskEnded(task.state(), tx.now());
            }
            if (birth.claimed()) {
                claimed.add(task);
            }
            tx.companions().all().forEach(companion -> companion.born(birth));
        }
        return runner == null ? List.of() : Claims.take(tx, claimed, runner);
    }

    /** What the same submission claimed when it came the first time and its answer was lost. */
    private List<ClaimedTask> claimedBefore(List<GenerationId> repeated) {
        return repeated.stream()
                .map(id -> Objects.requireNonNull(tx.tasks().row(id)))
                .filter(task -> runner != null
                        && task.runner() == runner
                        && task.state() == TaskState.RUNNING
                        && task.epoch() == 1)
                .sorted(Claims.ORDER)
                .limit(claim)
                .map(task -> Claims.read(tx, task))
                .toList();
    }
}
