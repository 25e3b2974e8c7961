package dev.reprise.storage.jdbc.liveness;

import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.store.RunnerSpec;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses how runners of a store notice each other's death, and says so in one line of the log.
 *
 * @param lockSource where the connections of session locks come from, or null for none
 * @param fileLocks the locks beside the database's file, or null when it has none
 */
public record DeathDetectors(
        @Nullable DataSource lockSource, @Nullable FileLocks fileLocks) {

    private static final Logger LOG = LoggerFactory.getLogger(DeathDetectors.class);

    /**
     * Makes a runner's row and what it needs to be seen alive.
     *
     * @param wake what to do when another process says that there may be something to claim
     */
    public DeathDetector open(Transactions transactions, RunnerId id, RunnerSpec spec, Runnable wake) {
        var dialect = transactions.statements().dialect();
        if (fileLocks != null) {
            return byFile(fileLocks, transactions, id, spec);
        }
        if (lockSource != null && dialect.hasSessionLocks()) {
            return bySession(lockSource, transactions, id, spec, wake);
        }
        LOG.info("runner {} ({}): death is noticed when the lease of {} is over", id, spec.name(), spec.lease());
        return new LeaseDeathDetector(transactions, id, RunnerRows.open(transactions, id, spec, RunnerRows.Lock.NONE));
    }

    private static DeathDetector byFile(FileLocks locks, Transactions transactions, RunnerId id, RunnerSpec spec) {
        var detector = FileLockDeathDetector.open(transactions, id, spec, locks);
        LOG.info("runner {} ({}): a process's death is noticed by its file lock", id, spec.name());
        return detector;
    }

    /** The lock is taken before there is a row, so that no row is ever seen without its lock. */
    private static DeathDetector bySession(
            DataSource source, Transactions transactions, RunnerId id, RunnerSpec spec, Runnable wake) {
        var lock = new SessionLock(source, transactions.statements());
        RunnerRows.Lock shown;
        try {
            shown = lock.use((tx, holder) -> new RunnerRows.Lock(lock.key(), holder.server()));
        } catch (SQLException e) {
            LOG.warn("runner {}: no connection for its session lock yet: {}", id, e.getMessage());
            shown = RunnerRows.Lock.NONE;
        }
        try {
            long bornAt = RunnerRows.open(transactions, id, spec, shown);
            LOG.info(
                    "runner {} ({}): a process's death is noticed by its session lock, a host's when the lease of {} is over",
                    id,
                    spec.name(),
                    spec.lease());
            var channel = Notifier.channel(transactions.statements().names());
            var listener = NotificationListener.start(lock, channel, wake, spec.name());
            return new SessionLockDeathDetector(id, new LeaseDeathDetector(transactions, id, bornAt), lock, listener);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }
}
