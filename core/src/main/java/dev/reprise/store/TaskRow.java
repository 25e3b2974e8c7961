package dev.reprise.store;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;

/**
 * A task as the store keeps it, without its payloads.
 *
 * @param id its id
 * @param owner whose it is
 * @param labels the names on it
 * @param placement where it belongs
 * @param priority higher runs first
 * @param status where it stands
 * @param counters what has happened to it
 * @param times when
 */
public record TaskRow(
        GenerationId id,
        Owner owner,
        TaskLabels labels,
        Placement placement,
        int priority,
        TaskStatus status,
        Counters counters,
        TaskTimes times) {

    /** Its state. */
    public TaskState state() {
        return status.state();
    }

    /** The task under its latest claim. */
    public TaskRef ref() {
        return new TaskRef(id, status.epoch());
    }
}
