package dev.reprise.storage.jdbc.sql;

import dev.reprise.failure.StoreException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a caller's interrupt away from the database. An interrupt that meets an embedded H2 in the middle of a read
 * closes its file for every user of the process; there, work is done on threads that nobody else knows. Elsewhere the
 * caller's thread does it, its interrupt put off until afterwards.
 */
public final class UninterruptedThreads implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final @Nullable ExecutorService threads;

    /**
     * Threads, or none.
     *
     * @param ownThreads whether to work on threads of its own
     */
    public UninterruptedThreads(boolean ownThreads) {
        threads = ownThreads ? Executors.newCachedThreadPool(UninterruptedThreads::thread) : null;
    }

    /** Work that may fail as JDBC does. */
    @FunctionalInterface
    public interface SqlCall<T> {
        T call() throws SQLException;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "reprise-store-" + COUNT.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    public <T> T call(Supplier<T> work) {
        try {
            return callSql(work::get);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public <T> T callSql(SqlCall<T> work) throws SQLException {
        boolean interrupted = Thread.interrupted();
        try {
            if (threads == null) {
                return work.call();
            }
            Future<T> future = submitted(threads, work::call);
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> Future<T> submitted(ExecutorService threads, Callable<T> work) {
        try {
            return threads.submit(work);
        } catch (RejectedExecutionException e) {
            throw StoreException.lasting("the store is closed", e);
        }
    }

    private static SQLException rethrown(@Nullable Throwable cause) {
        if (cause instanceof SQLException sql) {
            return sql;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new SQLException(cause);
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdown();
        }
    }
}
