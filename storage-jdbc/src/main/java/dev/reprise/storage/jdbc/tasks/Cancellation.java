package dev.reprise.storage.jdbc.tasks;

import dev.reprise.failure.StoreException;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.storage.jdbc.sql.OwnerClause;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.Cancelled;
import dev.reprise.store.Level;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskRef;
import dev.reprise.store.rules.TaskRules;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends tasks by the app's will. */
public final class Cancellation {

    private static final String VISIBLE =
            "SELECT id FROM {task} t WHERE id = :id AND deleted_at IS NULL AND " + OwnerClause.CLAUSE;
    private static final String BY_ITSELF = VISIBLE + " AND batch IS NULL";
    private static final String BATCH = """
            SELECT id FROM {batch} t WHERE id = :id
                AND EXISTS (SELECT 1 FROM {task} s WHERE s.batch = t.id AND s.deleted_at IS NULL) AND\040""" + OwnerClause.CLAUSE;
    static final String OF_BATCH = """
            SELECT id FROM {task} WHERE batch = :id AND deleted_at IS NULL AND finished_at IS NULL ORDER BY id""";
    private static final String HIDE = """
            UPDATE {task} SET deleted_at = :now, idempotency_key = NULL, idempotency_hash = NULL, handover = NULL
            WHERE id = :id""";

    private Cancellation() {}

    /**
     * What a cancellation did.
     *
     * @param cancelled what was cancelled; empty when there is no such task or batch
     * @param ready whether something else has become READY
     */
    public record Done(Optional<Cancelled> cancelled, boolean ready) {
        private static final Done NOT_FOUND = new Done(Optional.empty(), false);
    }

    public static Done cancel(Transactions transactions, Scope scope, GenerationId id) {
        return transactions.write(
                "cancel task " + id,
                tx -> isVisible(tx, VISIBLE, scope, id.value()) ? cancel(tx, List.of(id.value())) : Done.NOT_FOUND);
    }

    public static Done cancel(Transactions transactions, Scope scope, BatchId id) {
        return transactions.write("cancel batch " + id, tx -> {
            if (isVisible(tx, BATCH, scope, id.value())) {
                return cancel(tx, tx.sql(OF_BATCH).set("id", id.value()).list(row -> row.text("id")));
            }
            return isVisible(tx, BY_ITSELF, scope, id.value()) ? cancel(tx, List.of(id.value())) : Done.NOT_FOUND;
        });
    }

    /** Cancels a task when it has not ended, and deletes it. */
    public static Done delete(Transactions transactions, Scope scope, GenerationId id) {
        return transactions.write(
                "delete task " + id,
                tx -> isVisible(tx, VISIBLE, scope, id.value()) ? delete(tx, id.value()) : Done.NOT_FOUND);
    }

    private static Done delete(Tx tx, String id) throws SQLException {
        var writer = TaskWriter.of(tx, List.of(id));
        for (LockedTask task : writer.lock(List.of(id))) {
            if (task.deleted()) {
                return Done.NOT_FOUND;
            }
            if (task.facts().requiredLevel() > Level.CURRENT) {
                throw StoreException.lasting(
                        "task " + id + " belongs to a newer version of this library, which alone may delete it",
                        new IllegalStateException(
                                "required level " + task.facts().requiredLevel()));
            }
            boolean cancelled = writer.change(task, TaskRules.cancelled(task.facts()));
            writer.deleted(task);
            var written = writer.finish();
            tx.sql(HIDE).set("id", id).update();
            for (Companion companion : Companions.ALL) {
                companion.erased(tx, id);
            }
            return new Done(
                    Optional.of(new Cancelled(cancelled ? List.of(task.ref()) : List.of(), written.ends())),
                    written.ready());
        }
        return Done.NOT_FOUND;
    }

    private static boolean isVisible(Tx tx, String sql, Scope scope, String id) throws SQLException {
        return OwnerClause.fill(tx.sql(sql), scope)
                .set("id", id)
                .first(row -> true)
                .isPresent();
    }

    private static Done cancel(Tx tx, List<String> ids) throws SQLException {
        var writer = TaskWriter.of(tx, ids);
        List<TaskRef> cancelled = new ArrayList<>();
        for (LockedTask task : writer.lock(ids)) {
            if (!task.deleted() && writer.change(task, TaskRules.cancelled(task.facts()))) {
                cancelled.add(task.ref());
            }
        }
        var written = writer.finish();
        return new Done(Optional.of(new Cancelled(cancelled, written.ends())), written.ready());
    }
}
