package dev.reprise.storage.jdbc;

import dev.reprise.identity.RunnerId;
import dev.reprise.store.Promotion;
import dev.reprise.store.TaskRef;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves tasks to READY whose time has come, and those whose call was never sent. */
final class Schedule {

    static final String DUE = """
            SELECT id FROM {task} WHERE state = 'SCHEDULED' AND due_at <= {now}
                AND (deadline_at IS NULL OR deadline_at > {now})
            ORDER BY {lead state, }due_at LIMIT 1000 {reserve}""";
    private static final String PROMOTE =
            "UPDATE {task} SET state = 'READY', due_at = NULL WHERE id {in:ids} AND state = 'SCHEDULED'";
    static final String NEXT =
            "SELECT (SELECT MIN(due_at) FROM {task} WHERE state = 'SCHEDULED') - :now AS until_due, (" + Deadlines.NEXT
                    + ") - :now AS until_deadline";
    private static final String HAND_BACK = """
            UPDATE {task} SET state = 'READY', runner = NULL, attempts = attempts - 1
            WHERE id {in:ids} AND runner = :me AND state = 'RUNNING' AND epoch = :epoch""";

    private Schedule() {}

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

    static Promotion promote(Transactions transactions) {
        int promoted = 0;
        var until = look(transactions);
        while (until.isDue()) {
            int some = transactions.write("promote", Schedule::promoteSome);
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
                        .list(row -> new Until(row.bigOrNull("until_due"), row.bigOrNull("until_deadline")))
                        .get(0));
    }

    private static int promoteSome(Tx tx) throws SQLException {
        List<String> due = tx.sql(DUE).list(row -> row.text("id"));
        return due.isEmpty() ? 0 : tx.sql(PROMOTE).set("ids", due).update();
    }

    /** Gives claims back whose call was never sent; returns how many were still this runner's. */
    static int handBack(Transactions transactions, RunnerId runner, Collection<TaskRef> tasks) {
        Map<Long, List<String>> byEpoch = new HashMap<>();
        for (TaskRef ref : tasks) {
            byEpoch.computeIfAbsent(ref.epoch(), epoch -> new java.util.ArrayList<>())
                    .add(ref.id().value());
        }
        int all = 0;
        for (var entry : byEpoch.entrySet()) {
            all += transactions.write(
                    "hand back",
                    tx -> tx.sql(HAND_BACK)
                            .set("ids", entry.getValue())
                            .set("epoch", entry.getKey())
                            .set("me", runner.value())
                            .update());
        }
        return all;
    }
}
