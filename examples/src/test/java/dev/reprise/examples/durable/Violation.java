package dev.reprise.examples.durable;

/**
 * A promise found broken.
 *
 * @param promise which
 * @param task at which task
 * @param what what was seen
 */
record Violation(Promise promise, String task, String what) {

    @Override
    public String toString() {
        return promise + " at " + task + ": " + what;
    }
}
