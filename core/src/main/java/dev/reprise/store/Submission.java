package dev.reprise.store;

import dev.reprise.identity.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks to store in one transaction, all with one creation time: all of them or none.
 *
 * @param owner whose they are
 * @param batch the batch that all of them belong to, or null when they are independent
 * @param tasks at least one
 */
public record Submission(Owner owner, @Nullable NewBatch batch, List<NewTask> tasks) {

    /** Copies the list. */
    public Submission {
        tasks = List.copyOf(tasks);
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("tasks must not be empty");
        }
    }
}
