package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.liveness.DeathDetectors;
import dev.reprise.storage.jdbc.liveness.FileLocks;
import dev.reprise.storage.jdbc.schema.Migrations;
import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Names;
import dev.reprise.storage.jdbc.sql.PausePoint;
import dev.reprise.storage.jdbc.sql.Statements;
import dev.reprise.storage.jdbc.sql.StoreClock;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.UninterruptedThreads;
import dev.reprise.storage.jdbc.sql.WriteTurn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Builds a {@link JdbcTaskStore}; not thread-safe. */
public final class JdbcTaskStoreBuilder {

    private final DataSource dataSource;
    private @Nullable String schema;
    private String tablePrefix = "reprise_";
    private boolean migrateAtStart = true;
    private @Nullable DataSource lockSource;
    private @Nullable InstantSource clock;
    private PausePoint.Hook pauses = PausePoint.Hook.NONE;

    JdbcTaskStoreBuilder(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What every table's name begins with: at most 30 lower-case letters, digits, underscores; {@code reprise_} by default. */
    public JdbcTaskStoreBuilder tablePrefix(String value) {
        tablePrefix = value;
        return this;
    }

    /** The schema the tables are in (MariaDB: the database), made when it is missing; the connection's own by default. */
    public JdbcTaskStoreBuilder schema(@Nullable String value) {
        schema = value;
        return this;
    }

    /**
     * Whether building the store creates the tables or brings them up to date; true by default. Otherwise it only checks
     * that they are.
     */
    public JdbcTaskStoreBuilder migrateAtStart(boolean value) {
        migrateAtStart = value;
        return this;
    }

    /**
     * Where each runner gets one connection of its own that stays open, to hold a lock by which others notice its process's
     * death within 2 s instead of at the end of its lease, and to hear at once, by LISTEN, of what other processes submit or
     * hand back instead of at its next poll. On PostgreSQL only; the source must give sessions of their own,
     * not those of a pooler that shares them between transactions. By default there is none, and leases decide.
     */
    public JdbcTaskStoreBuilder lockConnection(DataSource value) {
        lockSource = value;
        return this;
    }

    /**
     * As {@link #lockConnection} with the store's own source: each runner keeps one connection of the pool, which must have
     * at least two more for the work.
     */
    public JdbcTaskStoreBuilder lockFromPool() {
        return lockConnection(dataSource);
    }

    /**
     * A clock to bind in place of the database's, which decides leases and due times. For tests: processes whose clocks
     * differ would disagree about who is alive.
     */
    public JdbcTaskStoreBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** What happens at the points of each change. For tests. */
    JdbcTaskStoreBuilder pauses(PausePoint.Hook value) {
        pauses = value;
        return this;
    }

    /**
     * The store.
     *
     * @throws StoreException when the database is none that is supported, cannot be reached, or its schema does not fit
     */
    public JdbcTaskStore build() {
        var names = new Names(schema, tablePrefix);
        Dialect dialect = dialect();
        var threads = new UninterruptedThreads(dialect.breaksOnInterrupt());
        try {
            return build(names, dialect, threads);
        } catch (SQLException e) {
            threads.close();
            dialect.close();
            throw StoreException.passing("cannot reach the database: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            threads.close();
            dialect.close();
            throw e;
        }
    }

    private JdbcTaskStore build(Names names, Dialect dialect, UninterruptedThreads threads) throws SQLException {
        dialect.check(names);
        String file = dialect.file();
        var connections = dialect.connections(dataSource);
        var turn = file == null ? WriteTurn.NOT_NEEDED : WriteTurn.of(file);
        var migrations = new Migrations(connections, names, dialect, threads, turn);
        if (migrateAtStart) {
            migrations.migrate();
        }
        migrations.check();
        var statements =
                new Statements(names, dialect, clock == null ? dialect.clock() : StoreClock.bound(clock), pauses);
        var transactions = new Transactions(connections, statements, threads, turn);
        var detectors = new DeathDetectors(lockSource, file == null ? null : new FileLocks(file));
        return new JdbcTaskStore(transactions, migrations, threads, detectors);
    }

    /** On a thread of the library: which database it is, and so whether an interrupt breaks more than its own call. */
    private Dialect dialect() {
        try (var aside = new UninterruptedThreads(true)) {
            return aside.callSql(() -> {
                try (Connection connection = dataSource.getConnection()) {
                    return DatabaseDetector.of(connection);
                }
            });
        } catch (SQLException e) {
            if (DatabaseDetector.isOfAnotherProcess(e)) {
                throw DatabaseDetector.h2IsForOneProcess(String.valueOf(e.getMessage()));
            }
            throw StoreException.passing("cannot reach the database: " + e.getMessage(), e);
        }
    }
}
