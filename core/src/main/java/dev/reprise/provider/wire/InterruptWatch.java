package dev.reprise.provider.wire;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a thread which is stuck in a socket has been interrupted. A platform thread's blocking read does not
 * notice by itself, and the call must stay on its own thread. One daemon thread looks at all watched threads every 50 ms
 * while there are any, and ends soon after the last.
 */
final class InterruptWatch {

    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();
    private static final int IDLE_LOOKS = 20;
    private static final Logger LOG = LoggerFactory.getLogger(InterruptWatch.class);
    private static final Set<Watch> WATCHES = ConcurrentHashMap.newKeySet();
    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    private InterruptWatch() {}

    /** Runs an action, once or more, when the current thread has been interrupted; until the watch is closed. */
    static Watch start(Runnable action) {
        var watch = new Watch(Thread.currentThread(), action);
        WATCHES.add(watch);
        begin();
        return watch;
    }

    private static void begin() {
        if (!RUNNING.compareAndSet(false, true)) {
            return;
        }
        boolean started = false;
        try {
            var thread = new Thread(InterruptWatch::look, "reprise-interrupts");
            thread.setDaemon(true);
            thread.start();
            started = true;
        } finally {
            if (!started) {
                RUNNING.set(false); // the next call tries again
            }
        }
    }

    private static void look() {
        for (int idle = 0; idle < IDLE_LOOKS; idle++) {
            LockSupport.parkNanos(LOOK_NANOS);
            for (Watch watch : WATCHES) {
                idle = 0;
                watch.look();
            }
        }
        RUNNING.set(false);
        // A watch that came after the last look found RUNNING still set.
        if (!WATCHES.isEmpty()) {
            begin();
        }
    }

    /** One watched thread. Compared by identity. */
    static final class Watch implements AutoCloseable {
        private final Thread thread;
        private final Runnable action;

        private Watch(Thread thread, Runnable action) {
            this.thread = thread;
            this.action = action;
        }

        private void look() {
            try {
                if (thread.isInterrupted()) {
                    action.run();
                }
            } catch (Throwable e) { // the next look tries again, and others are watched, too
                LOG.warn("cutting off an interrupted call failed", e);
            }
        }

        @Override
        public void close() {
            WATCHES.remove(this);
        }
    }
}
