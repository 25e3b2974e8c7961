package dev.reprise.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task with all that is known of it.
 *
 * @param row the task
 * @param request its payload, as it was stored
 * @param result its outcome's payload, or null
 * @param attempts its attempts that have ended, by epoch
 */
public record StoredTask(
        TaskRow row, Payload request, @Nullable Payload result, List<AttemptRow> attempts) {

    /** Copies the list. */
    public StoredTask {
        attempts = List.copyOf(attempts);
    }
}
