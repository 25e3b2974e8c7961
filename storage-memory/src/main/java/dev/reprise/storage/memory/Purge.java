package dev.reprise.storage.memory;

import dev.reprise.store.Purging;
import dev.reprise.store.Retention;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Removes tasks that ended long ago, the last first, so that children mostly go before their parents. A task is kept as long
 * as it has a child, something unfinished depends on it, or its batch has not ended long ago as well.
 */
final class Purge implements Purging {

    private final StoreLock lock;

    Purge(StoreLock lock) {
        this.lock = lock;
    }

    @Override
    public long purge(Retention retention) {
        var before = Instant.ofEpochMilli(
                lock.read(tx -> tx.now().toEpochMilli()) - TimeUnit.MILLISECONDS.convert(retention.keep()));
        long all = 0;
        long pass;
        do {
            pass = pass(before, retention.atOnce());
            all += pass;
        } while (pass > 0);
        return all;
    }

    private long pass(Instant before, int atOnce) {
        long removed = 0;
        var place = TimeIndex.Key.before(before);
        while (true) {
            var from = place;
            List<TaskEntry> old = lock.read(tx -> tx.tasks().indexes().ended().before(from, atOnce));
            if (old.isEmpty()) {
                return removed;
            }
            removed += lock.write(null, tx -> remove(tx, old, before));
            place = TimeIndex.Key.ofEnd(old.get(old.size() - 1));
        }
    }

    private static int remove(Tx tx, List<TaskEntry> old, Instant before) {
        int removed = 0;
        for (TaskEntry task : old) {
            if (mayGo(tx, task, before)) {
                tx.tasks().remove(task);
                tx.batches().removed(task);
                tx.companions().all().forEach(companion -> companion.purged(task));
                removed++;
            }
        }
        return removed;
    }

    private static boolean mayGo(Tx tx, TaskEntry task, Instant before) {
        return tx.tasks().row(task.id()) == task
                && task.facts().isMine()
                && task.state().isTerminal()
                && (task.isDeleted() || tx.tasks().children(task.id()).isEmpty())
                && (task.batch == null || task.batch.isOver(before))
                && tx.companions().dependencies().dependents(task).stream()
                        .map(tx.tasks()::row)
                        .allMatch(row -> row == null || row.state().isTerminal());
    }
}
