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
import java.util.Optional;

/** Moves tasks to READY whose time has come, and those whose call was never sent. */
final class Schedule {

    private static final int MOST_AT_ONCE = 1_000;
    static final String DUE = """
            SELECT id FROM {task} WHERE state = 'SCHEDULED' AND due_at <= :now
            ORDER BY state, due_at LIMIT 1000 {reserve}""";
    private static final String PROMOTE =
            "UPDATE {task} SET state = 'READY', due_at = NULL WHERE id {in:ids} AND state = 'SCHEDULED'";
    static final String NEXT = "SELECT MIN(due_at) - :now AS wait FROM {task} WHERE state = 'SCHEDULED'";
    private static final String HAND_BACK = """
            UPDATE {task} SET state = 'READY', runner = NULL, attempts = attempts - 1
            WHERE id {in:ids} AND runner = :me AND state = 'RUNNING' AND epoch = :epoch""";

    private Schedule() {}

    static Promotion promote(Transactions transactions) {
        int promoted = 0;
        Optional<Long> wait = wait(transactions);
        while (wait.isPresent() && wait.get() <= 0) {
            int some = transactions.write("promote", Schedule::promoteSome);
            promoted += some;
            wait = wait(transactions);
            if (some < MOST_AT_ONCE) {
                break;
            }
        }
        return new Promotion(
                promoted,
                wait.map(millis -> Duration.ofMillis(Math.max(0, millis))).orElse(null));
    }

    private static Optional<Long> wait(Transactions transactions) {
        return transactions.single(
                "next due",
                tx -> tx.sql(NEXT)
                        .list(row -> Optional.ofNullable(row.bigOrNull("wait")))
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
