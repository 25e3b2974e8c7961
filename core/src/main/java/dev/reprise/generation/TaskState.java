package dev.reprise.generation;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a task stands. {@link #canBecome} is the one table of legal transitions within a run; every store enforces it. An
 * end is left by a higher run alone.
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

    /** Waits for a person to decide; nobody runs it meanwhile. */
    AWAITING_DECISION,

    /** Cannot be run by anybody at present: an unknown provider or processor, an unreadable payload. Never lost. */
    PARKED,

    /** Ended well. */
    SUCCEEDED,

    /** Ended without success. */
    FAILED,

    /** Ended by the app. */
    CANCELLED,

    /** Never run, or not run again, because something it depends on did not succeed or its batch has stopped. */
    SKIPPED;

    private static final Set<TaskState> TERMINAL = EnumSet.of(SUCCEEDED, FAILED, CANCELLED, SKIPPED);

    /** Whether nothing more happens to a task in this state, unless it is started over as a higher run. */
    public boolean isTerminal() {
        return TERMINAL.contains(this);
    }

    /** Whether a runner has a task in this state. */
    public boolean isLeased() {
        return this == RUNNING || this == UPLOADING;
    }

    /** Whether a task may go from this state to another within its run. */
    public boolean canBecome(TaskState next) {
        return switch (this) {
            case WAITING ->
                EnumSet.of(READY, SCHEDULED, HELD, AWAITING_DECISION, FAILED, SKIPPED, CANCELLED)
                        .contains(next);
            case HELD, PARKED ->
                EnumSet.of(READY, SCHEDULED, HELD, AWAITING_DECISION, FAILED, SKIPPED, CANCELLED)
                                .contains(next)
                        && next != this;
            case SCHEDULED ->
                EnumSet.of(READY, HELD, FAILED, SKIPPED, CANCELLED).contains(next);
            case READY -> EnumSet.of(RUNNING, HELD, FAILED, SKIPPED, CANCELLED).contains(next);
            case RUNNING ->
                EnumSet.of(READY, SCHEDULED, HELD, PARKED, UPLOADING, SUCCEEDED, FAILED, SKIPPED, CANCELLED)
                        .contains(next);
            case UPLOADING ->
                EnumSet.of(READY, SCHEDULED, HELD, SUCCEEDED, FAILED, SKIPPED, CANCELLED)
                        .contains(next);
            case AWAITING_DECISION ->
                EnumSet.of(SUCCEEDED, FAILED, SKIPPED, CANCELLED).contains(next);
            case SUCCEEDED, FAILED, CANCELLED, SKIPPED -> false;
        };
    }
}
