package dev.reprise.storage.memory;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's lock: one operation at a time, as a transaction would be. Runners are woken after the lock has been
 * released, on the thread of the operation.
 */
final class Exclusive {

    private static final Logger LOG = LoggerFactory.getLogger(Exclusive.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final StoreTime time;
    private final Runners runners;
    private final Queues queues;
    private final Transitions transitions;

    Exclusive(StoreTime time, Runners runners, Queues queues, Transitions transitions) {
        this.time = time;
        this.runners = runners;
        this.queues = queues;
        this.transitions = transitions;
    }

    <T> T read(Supplier<T> operation) {
        lock.lock();
        try {
            return operation.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs an operation that may change something and, when it has left a task READY, wakes the runners.
     *
     * @param butNot the runner that need not be woken, because it looks by itself; or null
     */
    <T> T write(@Nullable RunnerEntry butNot, Function<Instant, T> operation) {
        T result;
        List<Runnable> wakes = List.of();
        lock.lock();
        try {
            result = operation.apply(time.now());
            if (transitions.takeReadied() && !queues.ready().isEmpty()) {
                wakes = runners.wakes(butNot);
            }
        } finally {
            lock.unlock();
        }
        wakes.forEach(Exclusive::wake);
        return result;
    }

    private static void wake(Runnable runner) {
        try {
            runner.run();
        } catch (RuntimeException e) {
            LOG.warn("a runner could not be woken; it will look by itself", e);
        }
    }
}
