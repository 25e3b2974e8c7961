package dev.reprise.storage.memory;

import dev.reprise.store.Reasons;
import java.time.Instant;

/**
 * Which tasks of a batch with a limit may be under way: as many as the limit says, highest priority first, then by
 * position. Guarded by the store's lock.
 */
final class Admission {

    private final Transitions transitions;

    Admission(Transitions transitions) {
        this.transitions = transitions;
    }

    /** Lets go of a WAITING task that waits for no other any more; in a batch with a limit it queues for a place. */
    void release(Task task, Instant now) {
        boolean limited = task.batch != null && task.batch.limited();
        // What is due later passes through HELD as well: WAITING must not become SCHEDULED.
        if (limited || task.due().isAfter(now)) {
            transitions.hold(task, Reasons.ADMISSION);
        }
        if (!limited) {
            transitions.readyOrSchedule(task, now);
        }
    }

    /** Fills the free places of a batch. */
    void admit(BatchEntry batch, Instant now) {
        while (batch.hasPlace() && !batch.held().isEmpty()) {
            transitions.readyOrSchedule(batch.held().first(), now);
        }
    }

    /** Makes a PARKED task READY again; where others have taken its place, it queues for another. */
    void unpark(Task task) {
        transitions.ready(task);
        if (task.batch != null && task.batch.overfull()) {
            transitions.hold(task, Reasons.ADMISSION);
        }
    }
}
