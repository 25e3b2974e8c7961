package dev.reprise.background;

import dev.reprise.time.TimeSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one engine. What runs code of others has virtual ones where the platform has them, else a bounded pool
 * for each purpose, so that previews or callbacks which hang never keep a claimed task from its thread. A few platform
 * threads are for the store, which nobody interrupts, two of them for signs of life alone.
 */
public final class WorkThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkThreads.class);
    private static final int STORE_THREADS = 8;
    private static final int SIGN_THREADS = 2;
    private static final int PREVIEW_THREADS = 16;
    private static final int CALLBACK_THREADS = 16;
    private static final int IDLE_SECONDS = 10;
    private static final long LAST_STORE_CALL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final List<ExecutorService> foreign;
    private final ExecutorService storeThreads;
    private final ExecutorService signThreads;
    private final Executor calls;
    private final Executor previews;
    private final Executor callbacks;
    private final Executor events;
    private final Executor store;
    private final Executor signs;
    private final Executor abandonable;

    public WorkThreads(int workers, TimeSource time) {
        var callThreads = virtualThreadsOr("reprise-call", Math.max(1, workers));
        var previewThreads = virtualThreadsOr("reprise-preview", PREVIEW_THREADS);
        var callbackThreads = virtualThreadsOr("reprise-callback", CALLBACK_THREADS);
        var eventThreads = virtualThreadsOr("reprise-events", 1);
        var abandonableThreads = asManyAsWanted("reprise-processing");
        foreign = List.of(callThreads, previewThreads, callbackThreads, eventThreads, abandonableThreads);
        storeThreads = pool("reprise-store", STORE_THREADS);
        signThreads = pool("reprise-signs", SIGN_THREADS);
        calls = time.tracking(callThreads);
        previews = time.tracking(previewThreads);
        callbacks = time.tracking(callbackThreads);
        events = time.tracking(eventThreads);
        store = time.tracking(storeThreads);
        signs = time.tracking(signThreads);
        abandonable = time.tracking(abandonableThreads);
    }

    /** Runs the calls of claimed tasks, as many at once as may be claimed. */
    public Executor calls() {
        return calls;
    }

    /** Runs previews. */
    public Executor previews() {
        return previews;
    }

    /** Runs what the app does with futures. */
    public Executor callbacks() {
        return callbacks;
    }

    /** Runs code of the app that may have to be left behind; each such thread is replaced. */
    public Executor abandonable() {
        return abandonable;
    }

    /** Tells listeners. */
    public Executor events() {
        return events;
    }

    /** Runs what talks to the store. */
    public Executor store() {
        return store;
    }

    /** Gives and reads signs of life, which must not queue up behind callers who wait for a connection. */
    public Executor signs() {
        return signs;
    }

    /** Returns when nothing talks to the store any more, which the app may close next, or after a few seconds. */
    @Override
    public void close() {
        foreign.forEach(ExecutorService::shutdown);
        storeThreads.shutdown();
        signThreads.shutdown();
        long end = System.nanoTime() + LAST_STORE_CALL_NANOS;
        try {
            for (var pool : List.of(storeThreads, signThreads)) {
                if (!pool.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.info("closed while the store had not answered yet");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Reached by reflection, because the library is compiled for Java 17, which has no virtual threads.
    private static ExecutorService virtualThreadsOr(String name, int poolSize) {
        try {
            var factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return (ExecutorService) factory.invoke(null);
        } catch (ReflectiveOperationException e) {
            return pool(name, poolSize);
        }
    }

    private static ExecutorService pool(String name, int size) {
        var pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ExecutorService asManyAsWanted(String name) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name));
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
