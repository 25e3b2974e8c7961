package dev.reprise.storage.jdbc.tasks;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.storage.jdbc.reading.AttemptRowReader;
import dev.reprise.storage.jdbc.sql.Table;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.rules.OutcomeRules;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Attempts that have ended: one for each claim that may have reached the provider. */
final class Attempts implements Companion {

    private static final Table<Ended> TABLE = Table.<Ended>named("attempt")
            .text("task", ended -> ended.task.id())
            .bigint("epoch", Ended::epoch)
            .integer("run", ended -> ended.task.facts().run())
            .integer("attempt_no", ended -> ended.task.facts().counters().attempts())
            .text("outcome", ended -> ended.how.outcome().name())
            .text("nonce", ended -> ended.how.nonce())
            .bigint("started_at", Ended::startedAt)
            .bigint(
                    "ended_at",
                    ended -> Math.max(ended.startedAt(), ended.task.now().toEpochMilli()))
            .bigint("delay_ms", ended -> ended.how.delay())
            .bigint("input_tokens", ended -> ended.how.usage().inputTokens())
            .bigint("output_tokens", ended -> ended.how.usage().outputTokens())
            .bigint("cache_read_tokens", ended -> ended.how.usage().cacheReadTokens())
            .bigint("cache_write_tokens", ended -> ended.how.usage().cacheWriteTokens())
            .bigint("reasoning_tokens", ended -> ended.how.usage().reasoningTokens())
            .text(
                    "failure_kind",
                    ended -> ended.how.failure() == null
                            ? null
                            : ended.how.failure().kind().name())
            .text(
                    "failure_blame",
                    ended -> ended.how.failure() == null
                            ? null
                            : ended.how.failure().blame().name())
            .integer(
                    "failure_status",
                    ended -> ended.how.failure() == null
                            ? null
                            : ended.how.failure().status())
            .bytes(
                    "detail",
                    ended -> ended.how.detail() == null
                            ? null
                            : ended.how.detail().bytes())
            .build();
    private static final String CLOSED =
            "SELECT outcome, nonce FROM {attempt} WHERE task = :id AND epoch = :epoch {for update}";
    private static final String CLOSE = """
            UPDATE {attempt} SET outcome = :outcome, nonce = :nonce, ended_at = :now, input_tokens = :input,
                output_tokens = :output, cache_read_tokens = :read, cache_write_tokens = :write, reasoning_tokens = :reasoning,
                failure_kind = :kind, failure_blame = :blame, failure_status = :status, detail = :detail
            WHERE task = :id AND epoch = :epoch AND nonce IS NULL""";

    private static final String ERASE = "UPDATE {attempt} SET detail = NULL WHERE task = :id";
    private static final String REMOVE = "DELETE FROM {attempt} WHERE task {in:ids}";

    private record Ended(LockedTask task, long epoch, Change.AttemptEnd how) {
        private long startedAt() {
            var claimedAt = task.claimedAt();
            return claimedAt == null ? task.now().toEpochMilli() : claimedAt;
        }
    }

    private record Closed(String outcome, @Nullable String nonce) {}

    @Override
    public void changed(Tx tx, List<Change> changes) throws SQLException {
        tx.insert(
                TABLE,
                changes.stream()
                        .filter(change -> change.attempt() != null)
                        .map(change -> new Ended(
                                change.task(), change.task().epoch(), Objects.requireNonNull(change.attempt())))
                        .toList());
    }

    @Override
    public void erased(Tx tx, String task) throws SQLException {
        tx.sql(ERASE).set("id", task).update();
    }

    @Override
    public void purged(Tx tx, Collection<String> tasks) throws SQLException {
        tx.sql(REMOVE).set("ids", tasks).update();
    }

    /** Records an outcome that does not hold the fence, as the rules say. */
    static OutcomeReceipt late(Tx tx, LockedTask task, TaskOutcome outcome) throws SQLException {
        var closed = tx.sql(CLOSED)
                .set("id", task.id())
                .set("epoch", outcome.ref().epoch())
                .first(row -> new Closed(row.text("outcome"), row.textOrNull("nonce")));
        var claim = new OutcomeRules.LateClaim(
                task.facts(),
                task.epoch(),
                closed.map(one -> AttemptRowReader.outcomeOf(one.outcome())).orElse(null),
                closed.map(Closed::nonce).orElse(null));
        var late = OutcomeRules.late(claim, outcome);
        var report = outcome.attempt();
        if (late.record() != null && report != null) {
            record(tx, task, outcome, seen(task, report, late.record()), closed.isEmpty());
        }
        return late.receipt();
    }

    private static AttemptReport seen(LockedTask task, AttemptReport report, AttemptOutcome outcome) {
        return new AttemptReport(
                outcome, report.counted(), report.usage(), report.failure(), task.deleted() ? null : report.detail());
    }

    private static void record(Tx tx, LockedTask task, TaskOutcome outcome, AttemptReport seen, boolean isNew)
            throws SQLException {
        long epoch = outcome.ref().epoch();
        if (isNew) {
            tx.insert(TABLE, List.of(new Ended(task, epoch, Change.AttemptEnd.of(seen, outcome.nonce(), null))));
            return;
        }
        var usage = seen.usage();
        var failure = seen.failure();
        var detail = seen.detail();
        tx.sql(CLOSE)
                .set("id", task.id())
                .set("epoch", epoch)
                .set("outcome", seen.outcome().name())
                .set("nonce", outcome.nonce())
                .set("input", usage.inputTokens())
                .set("output", usage.outputTokens())
                .set("read", usage.cacheReadTokens())
                .set("write", usage.cacheWriteTokens())
                .set("reasoning", usage.reasoningTokens())
                .set("kind", failure == null ? null : failure.kind().name())
                .set("blame", failure == null ? null : failure.blame().name())
                .set("status", failure == null ? null : failure.status())
                .set("detail", detail == null ? null : detail.bytes())
                .update();
    }
}
