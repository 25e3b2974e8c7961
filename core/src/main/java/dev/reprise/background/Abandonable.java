package dev.reprise.background;

import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs code of the app on threads that can be left behind: what goes on after its attempt has been cut off is interrupted
 * and no longer waited for, and another thread does what comes next. Thread-safe.
 */
public final class Abandonable {

    private static final Logger LOG = LoggerFactory.getLogger(Abandonable.class);
    private static final String ABANDONED = "code of the app";
    private final Executor threads;
    private final TimeSource time;
    private final Problems problems;
    private final AtomicInteger abandoned = new AtomicInteger();

    /** @param threads platform threads, as many as are wanted: code that never pauses would hold up all virtual ones */
    public Abandonable(Executor threads, TimeSource time, Problems problems) {
        this.threads = threads;
        this.time = time;
        this.problems = problems;
    }

    /** How many threads have been left behind that have not ended since. */
    public int abandoned() {
        return abandoned.get();
    }

    /**
     * Runs code and waits for its end, or until it is left behind.
     *
     * @param what what it is, for people
     * @param onCancel is given what to do when the code is cut off
     * @param lastMoment how long it is waited for after that
     * @throws TimeoutException when it has been left behind
     * @throws Throwable what the code throws
     */
    public <T> T run(String what, Callable<T> code, Consumer<Runnable> onCancel, Supplier<Duration> lastMoment)
            throws Throwable {
        var run = new Run<>(what, code);
        threads.execute(run);
        onCancel.accept(() -> time.schedule(lastMoment.get(), run::abandon));
        try {
            return run.ended.join();
        } catch (CompletionException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private final class Run<T> implements Runnable {

        private final String what;
        private final Callable<T> code;
        private final CompletableFuture<T> ended = new CompletableFuture<>();
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Thread thread;
        private boolean left;

        private Run(String what, Callable<T> code) {
            this.what = what;
            this.code = code;
        }

        @Override
        public void run() {
            if (!begin()) {
                return;
            }
            try {
                ended.complete(code.call());
            } catch (Throwable e) { // whoever waits decides what becomes of it
                ended.completeExceptionally(e);
            } finally {
                end();
            }
        }

        private boolean begin() {
            lock.lock();
            try {
                thread = Thread.currentThread();
                return !left;
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            lock.lock();
            try {
                thread = null;
                Thread.interrupted(); // may have come too late, and is not for the next
                if (left && abandoned.decrementAndGet() == 0) {
                    problems.succeeded(ABANDONED);
                }
            } finally {
                lock.unlock();
            }
        }

        private void abandon() {
            lock.lock();
            try {
                if (left || ended.isDone()) {
                    return;
                }
                left = true;
                var present = thread;
                if (present != null) {
                    problems.present(ABANDONED, "threads left behind: " + abandoned.incrementAndGet() + ", in " + what);
                    LOG.warn("{} goes on after it was cut off; its thread is left behind", what);
                }
                ended.completeExceptionally(new TimeoutException(what + " was cut off"));
                if (present != null) {
                    present.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
