package dev.reprise.runner;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs an action on an executor, never twice at once: a request made while it runs makes it run once more, however many
 * requests there were.
 */
final class SingleFlight {

    private final Executor threads;
    private final Runnable action;
    private final AtomicInteger wanted = new AtomicInteger();

    SingleFlight(Executor threads, Runnable action) {
        this.threads = threads;
        this.action = action;
    }

    /** Has the action run, once after now at least. */
    void request() {
        if (wanted.getAndIncrement() == 0) {
            threads.execute(this::run);
        }
    }

    private void run() {
        int seen;
        do {
            seen = wanted.get();
            action.run();
        } while (wanted.addAndGet(-seen) != 0);
    }
}
