package dev.reprise.storage.memory;

import dev.reprise.store.Promotion;
import dev.reprise.store.rules.TaskRules;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes tasks READY whose time has come, except those whose deadline has. Guarded by the store's lock. */
final class DueLook {

    private DueLook() {}

    static Promotion promote(Tx tx) {
        var queues = tx.tasks().indexes().queues();
        var writer = new TaskWriter(tx);
        int promoted = 0;
        for (TaskEntry task : queues.scheduled().until(tx.now()).toList()) {
            boolean late = task.deadlineAt != null && !task.deadlineAt.isAfter(tx.now());
            if (!late && writer.change(task, TaskRules.due(task.facts(), tx.now()))) {
                promoted++;
            }
        }
        writer.finish();
        return new Promotion(
                promoted,
                until(tx.now(), queues.scheduled().first()),
                until(tx.now(), queues.deadlines().first()));
    }

    private static @Nullable Duration until(Instant now, @Nullable Instant next) {
        if (next == null) {
            return null;
        }
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }
}
