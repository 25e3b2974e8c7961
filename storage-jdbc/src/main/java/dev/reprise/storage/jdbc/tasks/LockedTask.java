package dev.reprise.storage.jdbc.tasks;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.storage.jdbc.reading.TaskRowReader;
import dev.reprise.storage.jdbc.sql.Row;
import dev.reprise.store.StateReason;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import dev.reprise.store.rules.BatchFacts;
import dev.reprise.store.rules.Step;
import dev.reprise.store.rules.TaskFacts;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction knows of a task whose row it has locked.
 *
 * @param id its id
 * @param owner whose it is
 * @param batch its batch, or null
 * @param epoch the fencing number of its latest claim
 * @param runner who has it, or null
 * @param claimedAt when its latest claim was made, or null
 * @param deleted whether it has been deleted
 * @param facts what the rules decide by
 * @param now the store's time
 */
record LockedTask(
        String id,
        String owner,
        @Nullable String batch,
        long epoch,
        @Nullable String runner,
        @Nullable Long claimedAt,
        boolean deleted,
        TaskFacts facts,
        Instant now) {

    /** What {@link #read} needs. */
    static final String COLUMNS = """
            id, owner, batch, state, reason, reason_detail, run, epoch, runner, attempts, failures, crashes, \
            parameter_retries, turn_continuations, open_dependencies, fails_on_crash, required_level, \
            CASE WHEN provider IS NULL AND handler IS NULL THEN 1 ELSE 0 END AS awaits_decision, \
            due_at, claimed_at, deleted_at, :now AS now_at""";

    /** @param batch its batch, locked */
    static LockedTask read(Row row, BatchFacts batch) throws SQLException {
        return new LockedTask(
                row.text("id"),
                row.text("owner"),
                row.textOrNull("batch"),
                row.big("epoch"),
                row.textOrNull("runner"),
                row.bigOrNull("claimed_at"),
                row.bigOrNull("deleted_at") != null,
                new TaskFacts(
                        TaskRowReader.stateOrNull(row.text("state")),
                        StateReason.of(row.textOrNull("reason"), row.textOrNull("reason_detail")),
                        row.number("run"),
                        TaskRowReader.counters(row),
                        row.number("open_dependencies"),
                        row.instantOrNull("due_at"),
                        row.yes("fails_on_crash"),
                        row.yes("awaits_decision"),
                        row.number("required_level"),
                        batch),
                row.instant("now_at"));
    }

    TaskRef ref() {
        return new TaskRef(new GenerationId(id), epoch);
    }

    /** Whether an outcome holds the fence. */
    boolean isHeldFor(TaskOutcome outcome, String who) {
        return isHeld(outcome.ref(), who);
    }

    /** Whether a runner has it under a claim. */
    boolean isHeld(TaskRef ref, String who) {
        return epoch == ref.epoch() && who.equals(runner) && facts.isLeased();
    }

    TaskEnd end(Step step) {
        return new TaskEnd(
                new GenerationId(id),
                new Owner(owner),
                batch == null ? null : new BatchId(batch),
                step.run(),
                step.state(),
                step.reason(),
                step.failure());
    }
}
