package dev.reprise.storage.jdbc;

import java.sql.SQLException;
import java.util.List;

/**
 * Lets the next tasks of a limited batch go. What is under way is counted anew each time, under the batch's lock, so that
 * no counter can drift.
 */
final class Admission {

    static final String FREE = """
            SELECT b.max_open - (SELECT COUNT(*) FROM {task} t WHERE t.batch = b.id
                AND t.state IN ('READY', 'SCHEDULED', 'RUNNING', 'UPLOADING')) AS free
            FROM {batch} b WHERE b.id = :batch AND b.max_open IS NOT NULL""";
    static final String NEXT = """
            SELECT id FROM {task} WHERE batch = :batch AND state = 'HELD' AND reason = 'admission'
            ORDER BY priority DESC, place, id LIMIT :free FOR UPDATE""";
    private static final String ADMIT = """
            UPDATE {task} SET reason = NULL, state = CASE WHEN due_at > :now THEN 'SCHEDULED' ELSE 'READY' END
            WHERE id {in:ids} AND state = 'HELD'""";

    private Admission() {}

    /** Admits as many as there is room for; tells whether there were any. The batch is locked. */
    static boolean admit(Tx tx, String batch) throws SQLException {
        int free = tx.sql(FREE)
                .set("batch", batch)
                .first(row -> row.number("free"))
                .orElse(0);
        if (free <= 0) {
            return false;
        }
        List<String> next =
                tx.sql(NEXT).set("batch", batch).set("free", free).impatient().list(row -> row.text("id"));
        return !next.isEmpty() && tx.sql(ADMIT).set("ids", next).update() > 0;
    }
}
