package dev.reprise.storage.jdbc.liveness;

import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Tx;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears on a runner's own connection what {@link Notifier} sends, and wakes the runner. It waits in short turns, between
 * which the connection is free for the beat and the look. A driver other than PostgreSQL's own cannot be listened to;
 * then the runner looks by itself, as ever.
 */
public final class NotificationListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationListener.class);
    private static final int TURN_MILLIS = 100;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SessionLock lock;
    private final String channel;
    private final Runnable heard;
    private final Thread thread;
    private SessionLock.@Nullable Holder listening;
    private volatile boolean closed;

    private NotificationListener(SessionLock lock, String channel, Runnable heard, String name) {
        this.lock = lock;
        this.channel = channel;
        this.heard = heard;
        thread = new Thread(this::run, "reprise-listen-" + name);
        thread.setDaemon(true);
    }

    /** Listens from now on, on a thread of its own. */
    public static NotificationListener start(SessionLock lock, String channel, Runnable heard, String name) {
        var listener = new NotificationListener(lock, channel, heard, name);
        listener.thread.start();
        return listener;
    }

    private void run() {
        while (!closed && !lock.isClosed()) {
            try {
                if (lock.use(this::listen)) {
                    heard.run();
                }
            } catch (SQLException | RuntimeException e) {
                LOG.debug("listening on {}: {}", channel, e.getMessage());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private boolean listen(Tx tx, SessionLock.Holder holder) throws SQLException {
        var connection = tx.connection();
        var notifications = PostgresNotificationReader.of(connection);
        if (notifications == null) {
            closed = true;
            return false;
        }
        boolean first = !holder.equals(listening);
        if (first) {
            Dialect.execute(connection, "LISTEN \"" + channel + "\"");
            listening = holder;
        }
        // What was said before this session listened has not been heard.
        return first || notifications.await(connection, TURN_MILLIS);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
