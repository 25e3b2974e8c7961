package dev.reprise.examples.durable;

/** What is promised of tasks whatever happens to the processes that work on them; each can be found broken. */
enum Promise {
    /** A task that was stored stays. */
    NOTHING_IS_LOST,
    /** An end that was acknowledged stays. */
    WHAT_WAS_ACKNOWLEDGED_STAYS,
    /** A task ends, and what it ended as is what its last attempt brought: it ends once. */
    EVERY_TASK_ENDS_ONCE,
    /** No call begins for a task that has succeeded. */
    THE_COMPLETED_IS_NOT_RUN_AGAIN,
    /** A call that began has an attempt in the store, under its epoch and number. */
    EVERY_CALL_HAS_AN_ATTEMPT,
    /** A claim makes one call. */
    A_CLAIM_CALLS_ONCE,
    /** An attempt that no call was made for is UNKNOWN: its runner died in between. */
    AN_ATTEMPT_WITHOUT_A_CALL_IS_UNKNOWN,
    /** An attempt's outcome is how its call ended. */
    AN_OUTCOME_IS_WHAT_THE_CALL_BROUGHT,
    /** Nothing is a runner's once everything has ended. */
    NOBODY_HOLDS_ANYTHING,
    /** Numbers and epochs only grow. */
    NUMBERS_GROW,
    /** Only the dead lose their tasks. */
    THE_LIVING_KEEP_THEIR_TASKS
}
