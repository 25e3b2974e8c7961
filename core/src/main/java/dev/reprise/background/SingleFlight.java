package dev.reprise.background;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs an action on an executor, never twice at once: a request made while it runs makes it run once more, however many
 * requests there were. What the action throws goes to the executor, and nothing else.
 */
public final class SingleFlight {

    private final Executor threads;
    private final Runnable action;
    private final AtomicInteger wanted = new AtomicInteger();

    public SingleFlight(Executor threads, Runnable action) {
        this.threads = threads;
        this.action = action;
    }

    /** Has the action run, once after now at least; whether an earlier run failed does not matter. */
    public void request() {
        if (wanted.getAndIncrement() == 0) {
            start();
        }
    }

    private void start() {
        boolean started = false;
        try {
            threads.execute(this::run);
            started = true;
        } finally {
            if (!started) {
                wanted.set(0);
            }
        }
    }

    private void run() {
        boolean more = true;
        while (more) {
            int seen = wanted.get();
            boolean ended = false;
            try {
                action.run();
                ended = true;
            } finally {
                more = wanted.addAndGet(-seen) != 0;
                if (more && !ended) {
                    start();
                }
            }
        }
    }
}
