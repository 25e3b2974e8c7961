package dev.reprise.benchmarks;

import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/** A thread that does something again and again until it is stopped; pauses a little when there was nothing to do. */
final class Loop {

    private static final long PAUSE_NANOS = 5_000_000;

    private final Thread thread;
    private volatile boolean stopped;

    /** What is done again and again; tells whether there was anything to do. */
    @FunctionalInterface
    interface Body {
        boolean run() throws SQLException, InterruptedException;
    }

    Loop(String name, Body body) {
        thread = new Thread(() -> repeat(body), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void repeat(Body body) {
        try {
            while (!stopped) {
                if (!body.run()) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (SQLException | InterruptedException e) {
            if (!stopped) {
                throw new IllegalStateException("the loop broke", e);
            }
        }
    }

    void stop() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
