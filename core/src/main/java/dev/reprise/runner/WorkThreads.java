package dev.reprise.runner;

import dev.reprise.time.TimeSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one engine: virtual ones for provider calls where the platform has them, else a bounded pool; and a few
 * platform threads for the store, which nobody interrupts.
 */
final class WorkThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkThreads.class);
    private static final int STORE_THREADS = 8;
    private static final int PREVIEW_THREADS = 16;
    private static final int IDLE_SECONDS = 10;
    private static final int LAST_STORE_CALL_SECONDS = 3;

    private final ExecutorService callThreads;
    private final ExecutorService storeThreads;
    private final Executor calls;
    private final Executor store;

    WorkThreads(int workers, TimeSource time) {
        callThreads = virtualThreadsOr(workers + PREVIEW_THREADS);
        storeThreads = pool("reprise-store", STORE_THREADS);
        calls = time.tracking(callThreads);
        store = time.tracking(storeThreads);
    }

    /** Runs provider calls. */
    Executor calls() {
        return calls;
    }

    /** Runs what talks to the store. */
    Executor store() {
        return store;
    }

    /** Returns when nothing talks to the store any more, which the app may close next, or after a few seconds. */
    @Override
    public void close() {
        callThreads.shutdown();
        storeThreads.shutdown();
        try {
            if (!storeThreads.awaitTermination(LAST_STORE_CALL_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("closed while the store had not answered yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Reached by reflection, because the library is compiled for Java 17, which has no virtual threads.
    private static ExecutorService virtualThreadsOr(int poolSize) {
        try {
            var factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return (ExecutorService) factory.invoke(null);
        } catch (ReflectiveOperationException e) {
            return pool("reprise-call", poolSize);
        }
    }

    private static ExecutorService pool(String name, int size) {
        var pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemons(String name) {
        var count = new AtomicInteger();
        return action -> {
            var thread = new Thread(action, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
