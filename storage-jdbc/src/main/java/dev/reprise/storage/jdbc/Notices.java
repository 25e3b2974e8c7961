package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other processes, by PostgreSQL's NOTIFY, that there may be something to claim. Never needed for correctness: they
 * look by themselves. A commit that notifies takes a lock of the whole server, so this is a statement of its own, which
 * writes nothing and holds that lock for a moment only, and it is sent at most once in a while.
 */
final class Notices {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String NOTIFY = "SELECT pg_notify(:channel, '')";

    private final Transactions transactions;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    Notices(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The channel of the runners on these tables. */
    static String channel(Names names) {
        String schema = names.schema() == null ? "" : names.schema() + ".";
        return Integer.toHexString(schema.hashCode()) + "_" + names.prefix() + "ready";
    }

    /** Tells them, unless that has just been done or the database has no such thing. */
    void send() {
        long due = next.get();
        long now = System.nanoTime();
        if (!isKnown(transactions.statements()) || now - due < 0 || !next.compareAndSet(due, now + APART_NANOS)) {
            return;
        }
        try {
            transactions.single("notify", Notices::notifyAllOthers);
        } catch (StoreException e) {
            LOG.debug("others will see it at their next look: {}", e.getMessage());
        }
    }

    /** Tells them when this transaction commits. */
    static void sendWithin(Tx tx) throws SQLException {
        if (isKnown(tx.statements())) {
            notifyAllOthers(tx);
        }
    }

    private static boolean notifyAllOthers(Tx tx) throws SQLException {
        return tx.sql(NOTIFY)
                .set("channel", channel(tx.statements().names()))
                .list(row -> true)
                .get(0);
    }

    private static boolean isKnown(Statements statements) {
        return statements.dialect().hasSessionLocks();
    }
}
