package dev.reprise.storage.jdbc.liveness;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.sql.Names;
import dev.reprise.storage.jdbc.sql.Statements;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
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
public final class Notifier {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String NOTIFY = "SELECT pg_notify(:channel, '')";

    private final Transactions transactions;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    public Notifier(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The channel of the runners on these tables. */
    public static String channel(Names names) {
        String schema = names.schema() == null ? "" : names.schema() + ".";
        return Integer.toHexString(schema.hashCode()) + "_" + names.prefix() + "ready";
    }

    /** Tells them, unless that has just been done or the database has no such thing. */
    public void send() {
        long due = next.get();
        long now = System.nanoTime();
        if (!isKnown(transactions.statements()) || now - due < 0 || !next.compareAndSet(due, now + APART_NANOS)) {
            return;
        }
        try {
            transactions.single("notify", Notifier::notifyAllOthers);
        } catch (StoreException e) {
            LOG.debug("others will see it at their next look: {}", e.getMessage());
        }
    }

    /** Tells them when this transaction commits. */
    public static void sendWithin(Tx tx) throws SQLException {
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
