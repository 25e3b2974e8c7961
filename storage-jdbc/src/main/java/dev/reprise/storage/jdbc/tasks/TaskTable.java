package dev.reprise.storage.jdbc.tasks;

import dev.reprise.generation.TaskState;
import dev.reprise.storage.jdbc.sql.Table;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.StateReason;
import dev.reprise.store.rules.Birth;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows of the task table: each column is listed here once for a birth and once for a change. */
final class TaskTable {

    private static final Table<Born> BIRTHS = Table.<Born>named("task")
            .text("id", born -> born.birth.task().id().value())
            .text("owner", Born::owner)
            .text("kind", born -> born.birth.task().labels().kind().name())
            .text("label", born -> born.birth.task().labels().label())
            .text("provider", born -> born.birth.task().labels().provider())
            .text("model", born -> born.birth.task().labels().model())
            .text("processor", born -> born.birth.task().labels().processor())
            .text("handler", born -> born.birth.task().labels().handler())
            .text("batch", born -> value(born.birth.placement().batch()))
            .integer("batch_position", born -> born.birth.placement().position())
            .text("batch_key", born -> born.birth.placement().key())
            .text("parent", born -> value(born.birth.placement().parent()))
            .integer("priority", born -> born.birth.task().priority())
            .bigint("created_at", born -> born.now.toEpochMilli())
            .bigint(
                    "due_at",
                    born -> born.isClaimed() ? null : millis(born.birth.step().dueAt()))
            .bigint("deadline_at", born -> millis(born.birth.deadlineAt()))
            .bigint("claimed_at", born -> born.isClaimed() ? millis(born.now) : null)
            .bigint("finished_at", born -> born.birth.step().isEnd() ? millis(born.now) : null)
            .text(
                    "state",
                    born -> (born.isClaimed()
                                    ? TaskState.RUNNING
                                    : born.birth.step().state())
                            .name())
            .text("reason", born -> code(born.birth.step().reason()))
            .text("reason_detail", born -> detail(born.birth.step().reason()))
            .integer("run", born -> born.birth.step().run())
            .bigint("epoch", born -> born.isClaimed() ? 1L : 0L)
            .text("runner", born -> born.isClaimed() ? born.runner : null)
            .integer("attempts", born -> born.isClaimed() ? 1 : 0)
            .integer("failures", born -> 0)
            .integer("crashes", born -> 0)
            .integer("parameter_retries", born -> 0)
            .integer("turn_continuations", born -> 0)
            .integer("open_dependencies", born -> born.birth.step().openDependencies())
            .integer("fails_on_crash", born -> born.birth.failsOnCrash() ? 1 : 0)
            .integer("required_level", born -> born.birth.task().requiredLevel())
            .text("idempotency_key", born -> {
                var same = born.birth.task().idempotency();
                return same == null ? null : same.key();
            })
            .text("idempotency_hash", born -> {
                var same = born.birth.task().idempotency();
                return same == null ? null : same.hash();
            })
            .build();

    private static final Table<Change> CHANGES = changes().build();
    private static final Table<Change> CHANGES_WITH_HANDOVER =
            changes().bytes("handover", TaskTable::handover).build();

    private TaskTable() {}

    /**
     * A task that is being stored.
     *
     * @param birth its birth
     * @param owner whose it is
     * @param runner who claims it at once, or null
     * @param now the creation time
     */
    private record Born(Birth birth, String owner, @Nullable String runner, Instant now) {
        private boolean isClaimed() {
            return birth.claimed() && runner != null;
        }
    }

    private static Table.Builder<Change> changes() {
        return Table.<Change>named("task")
                .text("id", change -> change.task().id())
                .text("state", change -> change.step().state().name())
                .text("reason", change -> code(change.step().reason()))
                .text("reason_detail", change -> detail(change.step().reason()))
                .text("failure_kind", change -> {
                    var failure = change.step().failure();
                    return failure == null ? null : failure.kind().name();
                })
                .text("failure_blame", change -> {
                    var failure = change.step().failure();
                    return failure == null ? null : failure.blame().name();
                })
                .integer("failure_status", change -> {
                    var failure = change.step().failure();
                    return failure == null ? null : failure.status();
                })
                .integer("run", change -> change.step().run())
                .text("runner", change -> null)
                .bigint("due_at", change -> millis(change.step().dueAt()))
                .bigint(
                        "finished_at",
                        change -> change.step().isEnd() ? millis(change.task().now()) : null)
                .integer("attempts", change -> change.step().counters().attempts())
                .integer("failures", change -> change.step().counters().failures())
                .integer("crashes", change -> change.step().counters().crashes())
                .integer("parameter_retries", change -> change.step().counters().parameterRetries())
                .integer(
                        "turn_continuations", change -> change.step().counters().turnContinuations())
                .integer("open_dependencies", change -> change.step().openDependencies());
    }

    static void born(Tx tx, List<Birth> births, String owner, @Nullable String runner, Instant now)
            throws SQLException {
        int stored = tx.insert(
                BIRTHS,
                births.stream()
                        .map(birth -> new Born(birth, owner, runner, now))
                        .toList());
        if (stored < births.size()) {
            throw new Submissions.TakenException();
        }
    }

    static void change(Tx tx, List<Change> changes) throws SQLException {
        tx.update(
                CHANGES,
                changes.stream()
                        .filter(change -> change.step().handover().kept())
                        .toList());
        tx.update(
                CHANGES_WITH_HANDOVER,
                changes.stream()
                        .filter(change -> !change.step().handover().kept())
                        .toList());
    }

    private static byte @Nullable [] handover(Change change) {
        var text = change.step().handover().text();
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String value(@Nullable Record id) {
        if (id instanceof dev.reprise.identity.BatchId batch) {
            return batch.value();
        }
        return id instanceof dev.reprise.identity.GenerationId task ? task.value() : null;
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : (Long) instant.toEpochMilli();
    }

    private static @Nullable String code(@Nullable StateReason reason) {
        return reason == null ? null : reason.reason().code();
    }

    private static @Nullable String detail(@Nullable StateReason reason) {
        return reason == null ? null : reason.detail();
    }
}
