package dev.reprise.generation;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a task stands. {@link #canBecome} is the one table of legal transitions; every store enforces it.
 *
 * <p>The main line is {@code SCHEDULED -> READY -> RUNNING -> SUCCEEDED}; a retry is {@code RUNNING -> SCHEDULED}. What
 * waits may also end: {@code FAILED} at its deadline, {@code SKIPPED}, {@code CANCELLED}.
 */
public enum TaskState {
    /** Other tasks must succeed first. */
    WAITING,
    /** Held back by a limit of its batch or owner, or by a pause. */
    HELD,
    /** Due later: a retry that waits, or a delayed start. */
    SCHEDULED,
    /** May be claimed by any runner that knows its provider. */
    READY,
    /** Leased by a runner; its provider call is under way or about to be. */
    RUNNING,
    /** The provider has answered; what it made is being stored. */
    UPLOADING,
    /** Cannot be run by anybody at present: an unknown provider or processor, an unreadable payload. Never lost. */
    PARKED,
    /** Ended well. */
    SUCCEEDED,
    /** Ended without success. */
    FAILED,
    /** Ended by the app. */
    CANCELLED,
    /** Never run, because something it depends on did not succeed. */
    SKIPPED;

    private static final Set<TaskState> TERMINAL = EnumSet.of(SUCCEEDED, FAILED, CANCELLED, SKIPPED);

    /** Whether nothing more happens to a task in this state. */
    public boolean isTerminal() {
        return TERMINAL.contains(this);
    }

    /** Whether a task may go from this state to another. */
    public boolean canBecome(TaskState next) {
        return switch (this) {
            case WAITING -> EnumSet.of(READY, HELD, FAILED, SKIPPED, CANCELLED).contains(next);
            case HELD, PARKED ->
                EnumSet.of(READY, SCHEDULED, FAILED, SKIPPED, CANCELLED).contains(next);
            case SCHEDULED ->
                EnumSet.of(READY, HELD, FAILED, SKIPPED, CANCELLED).contains(next);
            case READY -> EnumSet.of(RUNNING, HELD, FAILED, SKIPPED, CANCELLED).contains(next);
            case RUNNING ->
                EnumSet.of(READY, SCHEDULED, HELD, PARKED, UPLOADING, SUCCEEDED, FAILED, CANCELLED)
                        .contains(next);
            case UPLOADING ->
                EnumSet.of(READY, SCHEDULED, HELD, SUCCEEDED, FAILED, CANCELLED).contains(next);
            case SUCCEEDED, FAILED, CANCELLED, SKIPPED -> false;
        };
    }
}
