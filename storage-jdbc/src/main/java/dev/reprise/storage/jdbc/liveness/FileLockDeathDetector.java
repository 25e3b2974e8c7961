package dev.reprise.storage.jdbc.liveness;

import dev.reprise.failure.StoreException;
import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.store.RunnerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a process's death by its lock beside the database's file, whatever its beat says: nobody can beat while somebody
 * else writes to the file. So a beat only reads, and now and then it is written down, for people and for other machines.
 */
public final class FileLockDeathDetector implements DeathDetector {

    private static final Logger LOG = LoggerFactory.getLogger(FileLockDeathDetector.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int WRITTEN_PER_LEASE = 10;
    /** While nobody can write, trying takes seconds. */
    private static final int TRIED_PER_LEASE = 3;

    private static final String OTHERS = """
            SELECT id, name, server, lease_until, :now AS now_at FROM {runner}
            WHERE state = 'ALIVE' AND id <> :me AND server LIKE 'file:%'""";
    private static final String MARK =
            "UPDATE {runner} SET state = 'DEAD', died_at = :now WHERE id = :id AND state = 'ALIVE'";

    private final Transactions transactions;
    private final RunnerId me;
    private final FileLocks locks;
    private final FileLocks.Held held;
    private final long leaseMillis;
    private volatile long writtenAt;
    private volatile @Nullable String stranger;

    private FileLockDeathDetector(
            Transactions transactions, RunnerId me, FileLocks locks, FileLocks.Held held, Duration lease, long bornAt) {
        this.transactions = transactions;
        this.me = me;
        this.locks = locks;
        this.held = held;
        leaseMillis = lease.toMillis();
        writtenAt = bornAt;
    }

    /** Another runner whose row says that it is alive. */
    private record Other(String id, String name, String machine, boolean beating) {

        /** On another machine, or before this one was started anew: its lock says nothing here while it beats. */
        private boolean isStranger() {
            return beating && !machine.equals(Machine.HERE);
        }

        private String said() {
            return "runner " + name + " (" + id + ") beats on this file from another machine, whose locks are not seen"
                    + " here: such a file is for one machine";
        }
    }

    /**
     * Takes the lock of a runner and then makes its row, so that no row is ever seen without its lock.
     *
     * @throws StoreException when a runner of another machine is alive; if that was this one before it was started anew,
     *     until that one's lease is over
     */
    static FileLockDeathDetector open(Transactions transactions, RunnerId me, RunnerSpec spec, FileLocks locks) {
        for (Other other : others(transactions, me)) {
            if (other.isStranger()) {
                throw StoreException.passing(
                        other.said() + " (if it was this one, before a restart: in "
                                + spec.lease().toSeconds() + " s at the latest it is taken for dead)",
                        new IllegalStateException(other.machine + " is not " + Machine.HERE));
            }
        }
        var held = transactions.aside().call(() -> locks.take(me.value()));
        try {
            long bornAt = RunnerRows.open(transactions, me, spec, new RunnerRows.Lock(null, Machine.HERE));
            return new FileLockDeathDetector(transactions, me, locks, held, spec.lease(), bornAt);
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }

    private static List<Other> others(Transactions transactions, RunnerId me) {
        return transactions.single(
                "look for the dead",
                tx -> tx.sql(OTHERS)
                        .set("me", me.value())
                        .list(row -> new Other(
                                row.text("id"),
                                row.text("name"),
                                row.text("server"),
                                row.big("lease_until") >= row.big("now_at"))));
    }

    @Override
    public RunnerRows.Beaten beat() {
        long now = transactions.statements().clock().source().millis();
        int perLease = transactions.blocked() == null ? WRITTEN_PER_LEASE : TRIED_PER_LEASE;
        if (now - writtenAt >= leaseMillis / perLease) {
            writtenAt = now;
            try {
                return RunnerRows.beat(transactions, me);
            } catch (StoreException e) {
                LOG.debug("beat of {} is not written down this time: {}", me, e.getMessage());
            }
        }
        return RunnerRows.seen(transactions, me);
    }

    @Override
    public List<RunnerId> look() {
        List<RunnerId> dead = new ArrayList<>();
        boolean anyAlive = false;
        String seen = null;
        for (Other other : others(transactions, me)) {
            if (other.isStranger()) {
                seen = other.said();
            } else if (!transactions.aside().call(() -> locks.isFree(other.id))) {
                anyAlive = true;
            } else if (isMarked(other.id)) {
                dead.add(new RunnerId(other.id));
            }
        }
        transactions.turn().shared(anyAlive);
        stranger = seen;
        return dead;
    }

    private boolean isMarked(String id) {
        boolean marked =
                transactions.write("mark dead", tx -> tx.sql(MARK).set("id", id).update()) == 1;
        locks.forget(id);
        return marked;
    }

    @Override
    public List<String> problems() {
        List<String> problems =
                new ArrayList<>(transactions.statements().dialect().problems());
        var blocked = transactions.blocked();
        if (blocked != null) {
            problems.add("nothing can be written: " + blocked);
        }
        var other = stranger;
        if (other != null) {
            problems.add(other);
        }
        return problems;
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void abandon() {
        held.abandon();
    }

    @Override
    public void close() {
        held.close();
    }
}
