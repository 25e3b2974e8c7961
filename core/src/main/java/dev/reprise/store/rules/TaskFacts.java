package dev.reprise.store.rules;

import dev.reprise.generation.TaskState;
import dev.reprise.store.Counters;
import dev.reprise.store.Level;
import dev.reprise.store.StateReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a store knows of a task that it has locked.
 *
 * @param state its state; null when it is one that this version does not know
 * @param reason its reason, or null
 * @param run its run, from 1
 * @param counters what has happened to it in this run
 * @param openDependencies how many tasks must still succeed before it may run
 * @param dueAt when it may start, or null for at once
 * @param failsOnCrash whether it fails when its runner dies
 * @param awaitsDecision whether a person decides it, and nobody runs it
 * @param requiredLevel the level that a process must have to change it
 * @param batch its batch, under its lock
 */
public record TaskFacts(
        @Nullable TaskState state,
        @Nullable StateReason reason,
        int run,
        Counters counters,
        int openDependencies,
        @Nullable Instant dueAt,
        boolean failsOnCrash,
        boolean awaitsDecision,
        int requiredLevel,
        BatchFacts batch) {

    /** Whether this process may change it: it knows the state, and has the level. */
    public boolean isMine() {
        return state != null && requiredLevel <= Level.CURRENT;
    }

    /** Whether this process may change it and it has not ended. */
    public boolean isOpen() {
        return isMine() && state != null && !state.isTerminal();
    }

    /** Whether this process may change it and a runner has it. */
    public boolean isLeased() {
        return isMine() && state != null && state.isLeased();
    }

    /** Whether this process may change it and it waits for anything but a runner. */
    public boolean isWaiting() {
        return isOpen() && !isLeased();
    }
}
