package dev.reprise.storage.jdbc.liveness;

import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifier a process's death by its session lock, and everything else by the lease. A runner is taken for dead before its
 * lease is over only when, in looks that span a second, its lock was free and its beat did not move, it last beat on the
 * very server that is looked at, and the observer's own session was unbroken throughout. Looks never take the lock.
 */
public final class SessionLockDeathDetector implements DeathDetector {

    private static final Logger LOG = LoggerFactory.getLogger(SessionLockDeathDetector.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final long SPAN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String OTHERS = """
            SELECT r.id, r.beats FROM {runner} r
            WHERE r.state = 'ALIVE' AND r.id <> :me AND r.lock_key IS NOT NULL AND r.server = :server
                AND NOT EXISTS (SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                    AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
                    AND (CAST(l.classid AS bigint) << 32 | CAST(l.objid AS bigint)) = r.lock_key)""";
    private static final String MARK = """
            UPDATE {runner} SET state = 'DEAD', died_at = :now
            WHERE id = :id AND state = 'ALIVE' AND beats = :beats AND server = :server""";
    private static final String NAME_SERVER =
            "UPDATE {runner} SET server = :server, lock_key = :key, beats = beats + 1 WHERE id = :me";

    private final ReentrantLock guard = new ReentrantLock();
    private final RunnerId me;
    private final LeaseDeathDetector leases;
    private final SessionLock lock;
    private final NotificationListener listener;
    private final Map<String, Look> looks = new HashMap<>();
    private SessionLock.@Nullable Holder announced;
    private boolean pooler;
    private volatile @Nullable String problem;

    public SessionLockDeathDetector(
            RunnerId me, LeaseDeathDetector leases, SessionLock lock, NotificationListener listener) {
        this.me = me;
        this.leases = leases;
        this.lock = lock;
        this.listener = listener;
    }

    /**
     * A first look at a runner whose lock is free.
     *
     * @param beats how often it had beaten
     * @param nanos when that was, by this process's monotonic clock
     */
    private record Look(long beats, long nanos) {}

    /** On the connection of the lock where that is to be had: who cannot beat there must not be seen to live there. */
    @Override
    public RunnerRows.Beaten beat() {
        try {
            var beaten = lock.use((tx, holder) -> {
                announce(tx, holder);
                return RunnerRows.beat(tx, me);
            });
            leases.connected(beaten);
            if (!beaten.alive()) {
                // This incarnation is over; only late outcomes may still come.
                lock.close();
            }
            return beaten;
        } catch (SQLException e) {
            forgetLooks();
            LOG.debug("beat of {} on its own connection: {}", me, e.getMessage());
            return leases.beat();
        }
    }

    /** A session that has just taken the lock says so in the runner's row, which shows life as well. */
    private void announce(Tx tx, SessionLock.Holder holder) throws SQLException {
        guard.lock();
        try {
            if (!holder.equals(announced)) {
                tx.sql(NAME_SERVER)
                        .set("server", holder.server())
                        .set("key", lock.key())
                        .set("me", me.value())
                        .update();
                announced = holder;
                looks.clear();
            }
        } finally {
            guard.unlock();
        }
    }

    private void forgetLooks() {
        guard.lock();
        try {
            looks.clear();
        } finally {
            guard.unlock();
        }
    }

    @Override
    public List<RunnerId> look() {
        List<RunnerId> dead = new ArrayList<>();
        try {
            dead.addAll(lock.use(this::lookEarly));
            problem = null;
        } catch (SQLException e) {
            // Whatever it is, and for however long: the leases decide, as without a connection of its own.
            forgetLooks();
            problem = e.getMessage();
            LOG.debug("look of {} on its own connection: {}", me, e.getMessage());
        }
        dead.addAll(leases.look());
        return dead;
    }

    private List<RunnerId> lookEarly(Tx tx, SessionLock.Holder holder) throws SQLException {
        announce(tx, holder);
        if (pooler) {
            return List.of();
        }
        if (!SessionLock.isUnbroken(tx, holder)) {
            pooler = true;
            LOG.warn(
                    "the lock's connection changes its session, as behind a pooler: runner {} goes by leases only", me);
            return List.of();
        }
        Map<String, Long> free = new HashMap<>();
        tx.sql(OTHERS)
                .set("me", me.value())
                .set("server", holder.server())
                .list(row -> free.put(row.text("id"), row.big("beats")));
        List<RunnerId> dead = new ArrayList<>();
        for (String id : suspects(free)) {
            int marked = tx.sql(MARK)
                    .set("id", id)
                    .set("beats", free.get(id))
                    .set("server", holder.server())
                    .update();
            if (marked == 1) {
                dead.add(new RunnerId(id));
            }
        }
        return dead;
    }

    /** Those that have looked dead for long enough; remembers the others. */
    private List<String> suspects(Map<String, Long> free) {
        guard.lock();
        try {
            long now = System.nanoTime();
            looks.keySet().retainAll(free.keySet());
            List<String> suspects = new ArrayList<>();
            free.forEach((id, beats) -> {
                Look first = looks.get(id);
                if (first == null || first.beats != beats) {
                    looks.put(id, new Look(beats, now));
                } else if (now - first.nanos >= SPAN_NANOS) {
                    suspects.add(id);
                }
            });
            return suspects;
        } finally {
            guard.unlock();
        }
    }

    @Override
    public List<String> problems() {
        var told = problem;
        return told == null
                ? List.of()
                : List.of("the lock connection fails, so that deaths are noticed when leases are over: " + told);
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void abandon() {
        listener.close();
        lock.abandon();
    }

    @Override
    public void close() {
        listener.close();
        lock.close();
    }
}
