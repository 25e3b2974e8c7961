package dev.reprise.storage.jdbc.tasks;

import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.KnownNames;
import dev.reprise.store.Level;
import dev.reprise.store.rules.TaskRules;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts aside what cannot be read, and takes up again what somebody can run now. */
public final class Parking {

    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);
    private static final int MOST_AT_ONCE = 500;
    static final String PARKED = """
            SELECT t.id FROM {task} t WHERE {is t.UNPARKABLE} AND t.required_level <= :level AND t.id > :after
                AND (t.provider IS NULL OR t.provider {in:providers})
                AND (t.processor IS NULL OR t.processor {in:processors})
                AND (t.handler IS NULL OR t.handler {in:handlers})
            ORDER BY t.id LIMIT 500""";

    private Parking() {}

    /**
     * What was taken up.
     *
     * @param unparked how many
     * @param ready whether something has become READY
     */
    public record Done(int unparked, boolean ready) {}

    /** Parks tasks that a runner has just claimed and cannot read, so that nobody claims them again and again. */
    static void park(Transactions transactions, RunnerId runner, List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        LOG.warn("parked, because this version cannot read them: tasks {}", ids);
        transactions.write("park unreadable", tx -> {
            var writer = TaskWriter.of(tx, ids);
            for (LockedTask task : writer.lock(ids)) {
                if (runner.value().equals(task.runner())) {
                    writer.change(task, TaskRules.unreadable(task.facts()));
                }
            }
            return writer.finish().ready();
        });
    }

    /** Takes tasks up again whose names are known now. */
    public static Done unpark(Transactions transactions, KnownNames known) {
        int unparked = 0;
        boolean ready = false;
        String after = "";
        while (true) {
            String from = after;
            List<String> some = transactions.single(
                    "look for parked tasks",
                    tx -> tx.sql(PARKED)
                            .set("level", Level.CURRENT)
                            .set("after", from)
                            .set("providers", names(known.providers()))
                            .set("processors", names(known.processors()))
                            .set("handlers", names(known.handlers()))
                            .list(row -> row.text("id")));
            if (!some.isEmpty()) {
                var done = transactions.write("unpark", tx -> unpark(tx, some));
                unparked += done.unparked;
                ready |= done.ready;
                after = some.get(some.size() - 1);
            }
            if (some.size() < MOST_AT_ONCE) {
                return new Done(unparked, ready);
            }
        }
    }

    /** A list cannot be empty in SQL; nothing has a blank name. */
    private static Collection<String> names(Set<String> names) {
        return names.isEmpty() ? Set.of("") : names;
    }

    private static Done unpark(Tx tx, List<String> ids) throws SQLException {
        var writer = TaskWriter.of(tx, ids);
        int unparked = 0;
        for (LockedTask task : writer.lockFree(ids)) {
            if (!task.deleted() && writer.change(task, TaskRules.unparked(task.facts(), task.now()))) {
                unparked++;
            }
        }
        return new Done(unparked, writer.finish().ready());
    }
}
