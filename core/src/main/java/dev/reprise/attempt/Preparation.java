package dev.reprise.attempt;

import dev.reprise.store.TaskOutcome.Next;

/** What the preparation of an attempt has come to. */
public sealed interface Preparation {

    /**
     * The call can be made.
     *
     * @param call what to make
     */
    record Ready(PreparedCall call) implements Preparation {}

    /**
     * No call is made, and no attempt is counted.
     *
     * @param next what becomes of the task: it is parked, comes again later, or ends
     */
    record NoCall(Next next) implements Preparation {}
}
