package dev.reprise.testkit.store.walk;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the drawing of the next operation goes by.
 *
 * @param side the reference
 * @param seen what can be seen of it
 */
record View(Side side, Look seen) {

    List<TaskRow> rows(Predicate<TaskRow> which) {
        return seen.rows().stream().filter(which).toList();
    }

    List<TaskRow> rows() {
        return seen.rows();
    }

    List<TaskRow> leased() {
        return rows(row -> row.state().isLeased());
    }

    boolean has(TaskState state) {
        return !rows(row -> row.state() == state).isEmpty();
    }

    /** The names that no task has that can be seen. */
    List<GenerationId> freeTasks() {
        Set<GenerationId> taken = rows().stream().map(TaskRow::id).collect(Collectors.toSet());
        return Names.TASKS.stream().filter(id -> !taken.contains(id)).toList();
    }

    /** The names that no batch has that can be seen. */
    List<BatchId> freeBatches() {
        Set<BatchId> taken = seen.feed().stream().map(row -> row.id()).collect(Collectors.toSet());
        return Names.BATCHES.stream().filter(id -> !taken.contains(id)).toList();
    }

    boolean isHeldByOneThatIsThere(TaskRow row) {
        var holder = holder(row);
        return holder != null && holder.past() == 0;
    }

    /** Who has a task, or null when a program cannot name it. */
    @Nullable
    Who holder(TaskRow row) {
        var runner = row.status().runner();
        return runner == null ? null : side.who(runner);
    }

    Duration sinceStart(Instant at) {
        return side.sinceStart(at);
    }
}
