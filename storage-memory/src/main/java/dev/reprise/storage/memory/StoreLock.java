package dev.reprise.storage.memory;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's lock: one operation at a time, as a transaction would be. Runners are woken after the lock has been
 * released, on the thread of the operation.
 */
final class StoreLock {

    private static final Logger LOG = LoggerFactory.getLogger(StoreLock.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final StoreClock clock;
    private final Tx tables = new Tx(Instant.EPOCH, new TaskTable(), new Batches(), new Runners(), new Companions());

    StoreLock(StoreClock clock) {
        this.clock = clock;
    }

    <T> T read(Function<Tx, T> operation) {
        lock.lock();
        try {
            return operation.apply(tables.at(clock.now()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs an operation that may change something and, when it has left a task READY, wakes the runners.
     *
     * @param butNot the runner that need not be woken, because it looks by itself; or null
     */
    <T> T write(@Nullable RunnerEntry butNot, Function<Tx, T> operation) {
        T result;
        List<Runnable> wakes = List.of();
        lock.lock();
        try {
            result = operation.apply(tables.at(clock.now()));
            if (tables.tasks().takeReadied()) {
                wakes = tables.runners().wakes(butNot);
            }
        } finally {
            lock.unlock();
        }
        wakes.forEach(StoreLock::wake);
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
