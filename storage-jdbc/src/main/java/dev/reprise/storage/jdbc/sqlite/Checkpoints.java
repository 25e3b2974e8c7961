package dev.reprise.storage.jdbc.sqlite;

import dev.reprise.storage.jdbc.sql.Connections;
import dev.reprise.storage.jdbc.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what has been committed from the log to the file, on a thread of its own, before the log is so long that SQLite
 * does it in the middle of somebody's commit. It waits for nobody and keeps nobody waiting: what readers still need is left
 * for the next time.
 */
final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    /** SQLite does it by itself at a thousand pages, and a transaction writes ten or so. */
    private static final int EVERY = 50;

    private final AtomicInteger commits = new AtomicInteger();
    private final Connections connections;
    private final ThreadPoolExecutor thread;

    Checkpoints(Connections connections) {
        this.connections = connections;
        thread = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1), work -> {
            var made = new Thread(work, "reprise-checkpoint");
            made.setDaemon(true);
            return made;
        });
        thread.allowCoreThreadTimeOut(true);
        thread.setRejectedExecutionHandler((work, executor) -> LOG.debug("a checkpoint is under way, or it is over"));
    }

    /** A transaction has been committed. */
    void committed() {
        if (commits.incrementAndGet() % EVERY == 0) {
            thread.execute(this::run);
        }
    }

    private void run() {
        try (Connection connection = connections.borrow()) {
            boolean auto = connection.getAutoCommit();
            connection.setAutoCommit(true);
            Dialect.execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
            connection.setAutoCommit(auto);
        } catch (SQLException | RuntimeException e) {
            LOG.debug("no checkpoint this time: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
