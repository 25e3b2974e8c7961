package dev.reprise.storage.jdbc;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.Reasons;
import dev.reprise.store.Settlement;
import dev.reprise.store.TaskOutcome;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes whose task is no longer theirs. Either an earlier call has stored them and its answer was lost, which the
 * nonce shows, or the task has moved on; then its attempt is closed once, with the usage, because money was spent.
 */
final class FencedOutcomes {

    private static final int LONGEST_NONCE = 64;
    private static final String CLOSED =
            "SELECT outcome, nonce FROM {attempt} WHERE task = :id AND epoch = :epoch FOR UPDATE";
    private static final String CLOSE = """
            UPDATE {attempt} SET outcome = :outcome, nonce = :nonce, ended_at = :now, input_tokens = :input,
                output_tokens = :output, cache_read_tokens = :read, cache_write_tokens = :write, detail = :detail
            WHERE task = :id AND epoch = :epoch AND nonce IS NULL""";

    private FencedOutcomes() {}

    private record Closed(String outcome, @Nullable String nonce) {}

    /** @param task the task's row, locked, which is not leased to the outcome's runner under its epoch */
    static Settlement settle(Tx tx, LockedTask task, TaskOutcome outcome) throws SQLException {
        var closed = tx.sql(CLOSED)
                .set("id", task.id())
                .set("epoch", outcome.ref().epoch())
                .first(row -> new Closed(row.text("outcome"), row.textOrNull("nonce")));
        if (isUnstorable(task, outcome)
                && closed.map(one -> storable(outcome.nonce()).equals(one.nonce()))
                        .orElse(true)) {
            return Settlement.UNSTORABLE;
        }
        var report = outcome.attempt();
        if (report == null) {
            return closed.isEmpty() && isAsWanted(task, outcome) ? Settlement.ALREADY_STORED : Settlement.FENCED;
        }
        if (closed.isEmpty()) {
            if (isOver(task, outcome)) {
                insert(tx, task, outcome, report);
            }
            return Settlement.FENCED;
        }
        if (outcome.nonce().equals(closed.get().nonce())) {
            return closed.get().outcome().equals(report.outcome().name())
                    ? Settlement.ALREADY_STORED
                    : Settlement.FENCED;
        }
        if (closed.get().nonce() == null) {
            boolean cancelled = closed.get().outcome().equals(AttemptOutcome.CANCELLED.name());
            close(tx, task, outcome, report, cancelled ? AttemptOutcome.CANCELLED : AttemptOutcome.LATE);
        }
        return Settlement.FENCED;
    }

    /** Whether the claim has ended; the attempt of one that somebody has is left for them to record. */
    private static boolean isOver(LockedTask task, TaskOutcome outcome) {
        return outcome.ref().epoch() < task.epoch() || (outcome.ref().epoch() == task.epoch() && !task.isLeased());
    }

    /** A nonce as it is kept with an outcome that cannot be stored, whose nonce may be the reason. */
    static String storable(String nonce) {
        String clean = nonce.replace("\0", "");
        return clean.substring(0, Math.min(LONGEST_NONCE, clean.length()));
    }

    private static boolean isUnstorable(LockedTask task, TaskOutcome outcome) {
        return task.epoch() == outcome.ref().epoch()
                && task.state().equals(TaskState.FAILED.name())
                && Reasons.UNSTORABLE.equals(task.reason());
    }

    /** Without a call there is no attempt that could hold a nonce, and nothing but the state to lose. */
    private static boolean isAsWanted(LockedTask task, TaskOutcome outcome) {
        if (task.epoch() != outcome.ref().epoch()) {
            return false;
        }
        var next = outcome.next();
        if (next instanceof TaskOutcome.Next.Finish finish) {
            return task.state().equals(finish.state().name());
        }
        if (next instanceof TaskOutcome.Next.Park) {
            return task.state().equals(TaskState.PARKED.name());
        }
        return task.state().equals(TaskState.READY.name()) || task.state().equals(TaskState.SCHEDULED.name());
    }

    /** The claim was handed back unsent, as it seemed, and yet a call was made. */
    private static void insert(Tx tx, LockedTask task, TaskOutcome outcome, AttemptReport report) throws SQLException {
        boolean cancelled = task.state().equals(TaskState.CANCELLED.name());
        var seen = new AttemptReport(
                cancelled ? AttemptOutcome.CANCELLED : AttemptOutcome.LATE,
                report.tally(),
                report.usage(),
                task.deleted() ? null : report.detail());
        @Nullable Object[] row = AttemptRows.row(task, seen, outcome.nonce(), null);
        row[1] = outcome.ref().epoch();
        tx.insert(AttemptRows.TABLE, List.<Object[]>of(row));
    }

    private static void close(Tx tx, LockedTask task, TaskOutcome outcome, AttemptReport report, AttemptOutcome seen)
            throws SQLException {
        Usage usage = report.usage();
        var detail = task.deleted() ? null : report.detail();
        tx.sql(CLOSE)
                .set("id", task.id())
                .set("epoch", outcome.ref().epoch())
                .set("outcome", seen.name())
                .set("nonce", outcome.nonce())
                .set("input", usage.inputTokens())
                .set("output", usage.outputTokens())
                .set("read", usage.cacheReadTokens())
                .set("write", usage.cacheWriteTokens())
                .set("detail", detail == null ? null : detail.bytes())
                .update();
    }
}
