package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.Level;
import dev.reprise.store.Promotion;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes tasks READY whose time has come, many at once: a pause holds what is SCHEDULED, so that nothing else is asked. */
public final class DueLook {

    static final String DUE = """
            SELECT id FROM {task} WHERE {is SCHEDULED} AND due_at <= {now} AND required_level <= :level
                AND (deadline_at IS NULL OR deadline_at > {now})
            ORDER BY {lead state, }due_at LIMIT 1000 {reserve}""";
    private static final String PROMOTE =
            "UPDATE {task} SET state = {state READY}, due_at = NULL WHERE id {in:ids} AND {is SCHEDULED}";
    static final String NEXT = """
            SELECT (SELECT MIN(due_at) FROM {task} WHERE {is SCHEDULED} AND required_level <= :level) - :now AS until_due,
                (%s) - :now AS until_deadline""".formatted(DeadlineLook.NEXT);

    private DueLook() {}

    /**
     * How many milliseconds until something is to be done; zero or less when it is due.
     *
     * @param due until a SCHEDULED task is due, or null for none
     * @param deadline until a deadline comes, or null for none
     */
    private record Until(@Nullable Long due, @Nullable Long deadline) {
        private boolean isDue() {
            return due != null && due <= 0;
        }

        private Promotion after(int promoted) {
            return new Promotion(promoted, duration(due), duration(deadline));
        }

        private static @Nullable Duration duration(@Nullable Long millis) {
            return millis == null ? null : Duration.ofMillis(Math.max(0, millis));
        }
    }

    public static Promotion promote(Transactions transactions) {
        int promoted = 0;
        var until = look(transactions);
        while (until.isDue()) {
            int some = transactions.write("promote", DueLook::promoteSome);
            promoted += some;
            until = look(transactions);
            if (some == 0) {
                break; // somebody else has them
            }
        }
        return until.after(promoted);
    }

    private static Until look(Transactions transactions) {
        return transactions.single(
                "next due",
                tx -> tx.sql(NEXT)
                        .set("level", Level.CURRENT)
                        .list(row -> new Until(row.bigOrNull("until_due"), row.bigOrNull("until_deadline")))
                        .get(0));
    }

    private static int promoteSome(Tx tx) throws SQLException {
        List<String> due = tx.sql(DUE).set("level", Level.CURRENT).list(row -> row.text("id"));
        return due.isEmpty() ? 0 : tx.sql(PROMOTE).set("ids", due).update();
    }
}
