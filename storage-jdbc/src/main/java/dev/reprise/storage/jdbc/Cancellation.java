package dev.reprise.storage.jdbc;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Cancelled;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskRef;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends tasks by the app's will. */
final class Cancellation {

    private static final String VISIBLE =
            "SELECT id FROM {task} t WHERE id = :id AND deleted_at IS NULL AND " + Scoped.CLAUSE;
    private static final String BY_ITSELF = VISIBLE + " AND batch IS NULL";
    private static final String BATCH = "SELECT id FROM {batch} t WHERE id = :id AND " + Scoped.CLAUSE;
    static final String OF_BATCH = """
            SELECT id FROM {task} WHERE batch = :id AND deleted_at IS NULL AND finished_at IS NULL ORDER BY id""";
    private static final String CANCEL = """
            UPDATE {task} SET state = 'CANCELLED', reason = NULL, runner = NULL, due_at = NULL, carry = NULL,
                finished_at = :now
            WHERE id {in:ids}""";
    private static final String HIDE =
            "UPDATE {task} SET deleted_at = :now, idem_key = NULL, idem_hash = NULL, carry = NULL WHERE id = :id";
    private static final String NO_REQUEST = "DELETE FROM {request} WHERE task = :id";
    private static final String NO_RESULT = "DELETE FROM {result} WHERE task = :id";
    private static final String NO_DETAIL = "UPDATE {attempt} SET detail = NULL WHERE task = :id";

    private Cancellation() {}

    /**
     * What a cancellation did.
     *
     * @param cancelled what was cancelled; empty when there is no such task or batch
     * @param ready whether something else has become READY
     */
    record Done(Optional<Cancelled> cancelled, boolean ready) {
        private static final Done NOT_FOUND = new Done(Optional.empty(), false);
    }

    static Done cancel(Transactions transactions, Scope scope, GenerationId id) {
        return transactions.write("cancel task " + id, tx -> {
            if (!isVisible(tx, VISIBLE, scope, id.value())) {
                return Done.NOT_FOUND;
            }
            return cancelOne(tx, id.value());
        });
    }

    static Done cancel(Transactions transactions, Scope scope, BatchId id) {
        return transactions.write("cancel batch " + id, tx -> {
            if (!isVisible(tx, BATCH, scope, id.value())) {
                return isVisible(tx, BY_ITSELF, scope, id.value()) ? cancelOne(tx, id.value()) : Done.NOT_FOUND;
            }
            Locks.batch(tx, id.value());
            List<String> ids = tx.sql(OF_BATCH).set("id", id.value()).list(row -> row.text("id"));
            return cancel(tx, Locks.tasks(tx, ids));
        });
    }

    static Done delete(Transactions transactions, Scope scope, GenerationId id) {
        return transactions.write("delete task " + id, tx -> {
            if (!isVisible(tx, VISIBLE, scope, id.value())) {
                return Done.NOT_FOUND;
            }
            Locks.batchesOf(tx, List.of(id.value()));
            var locked = Locks.tasks(tx, List.of(id.value()));
            if (locked.stream().allMatch(LockedTask::deleted)) {
                return Done.NOT_FOUND;
            }
            var done = cancel(tx, locked);
            for (String sql : List.of(HIDE, NO_REQUEST, NO_RESULT, NO_DETAIL)) {
                tx.sql(sql).set("id", id.value()).update();
            }
            return done;
        });
    }

    private static Done cancelOne(Tx tx, String id) throws SQLException {
        Locks.batchesOf(tx, List.of(id));
        return cancel(tx, Locks.tasks(tx, List.of(id)));
    }

    private static boolean isVisible(Tx tx, String sql, Scope scope, String id) throws SQLException {
        return Scoped.fill(tx.sql(sql), scope).set("id", id).first(row -> true).isPresent();
    }

    private static Done cancel(Tx tx, List<LockedTask> tasks) throws SQLException {
        List<TaskRef> refs = new ArrayList<>();
        List<Object[]> attempts = new ArrayList<>();
        List<Ended> ended = new ArrayList<>();
        for (LockedTask task : tasks) {
            if (!task.isOver()) {
                refs.add(new TaskRef(new GenerationId(task.id()), task.epoch()));
                ended.add(Ended.of(task, TaskState.CANCELLED));
                if (task.isLeased()) {
                    attempts.add(AttemptRows.row(task, AttemptOutcome.CANCELLED, null, null, Usage.NONE));
                }
            }
        }
        if (!refs.isEmpty()) {
            tx.sql(CANCEL).set("ids", ended.stream().map(Ended::id).toList()).update();
            tx.insert(AttemptRows.TABLE, attempts);
        }
        return new Done(Optional.of(new Cancelled(refs)), Endings.follow(tx, ended));
    }
}
