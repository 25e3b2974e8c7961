package dev.reprise.storage.jdbc.sqlite;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.sql.Bulk;
import dev.reprise.storage.jdbc.sql.Connections;
import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Fault;
import dev.reprise.storage.jdbc.sql.JdbcBatches;
import dev.reprise.storage.jdbc.sql.MigrationTurn;
import dev.reprise.storage.jdbc.sql.Names;
import dev.reprise.storage.jdbc.sql.StoreClock;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.storage.jdbc.sql.WriteTurn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * SQLite 3.51.3 and newer. Transactions are begun and ended by statements: the driver would begin them without the lock
 * that writing needs, and a transaction that has read cannot get it any more once somebody else has written.
 */
public final class SqliteDialect extends Dialect {

    /** Older ones may damage a log that two connections start over at once. */
    public static final String OLDEST = "3.51.3";

    private static final long LONG_WAL = 64 << 20;

    private final Bulk bulk = new JdbcBatches();
    private final SqliteFile file;
    private final SqliteCopies copies;
    private @Nullable SqliteConnections connections;
    private volatile @Nullable Checkpoints checkpoints;

    private SqliteDialect(SqliteFile file, SqliteCopies copies) {
        this.file = file;
        this.copies = copies;
    }

    /**
     * The file behind a connection, ready for several processes.
     *
     * @throws StoreException when it is none that several connections can rely on
     */
    public static SqliteDialect of(Connection connection) throws SQLException {
        var file = SqliteFile.of(name(connection));
        var copies = SqliteCopies.enter(file, connection);
        boolean ready = false;
        try {
            useWal(connection, file);
            ready = true;
            return new SqliteDialect(file, copies);
        } finally {
            if (!ready) {
                copies.close();
            }
        }
    }

    /** In the turn, because processes that start at once would each keep the others from it. */
    private static void useWal(Connection connection, SqliteFile file) throws SQLException {
        boolean auto = connection.getAutoCommit();
        var taken = WriteTurn.of(file.toString()).take();
        try {
            connection.setAutoCommit(true);
            SqliteSettings.useWal(connection);
            SqliteSettings.ensure(connection, file);
            connection.setAutoCommit(auto);
        } finally {
            taken.close();
        }
    }

    /** Without a look into the file, which may not be one to look into. */
    private static String name(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("PRAGMA database_list")) {
            while (results.next()) {
                if (results.getString("name").equals("main") && results.getString("file") != null) {
                    return results.getString("file");
                }
            }
            return "";
        }
    }

    @Override
    public String title() {
        return "SQLite";
    }

    @Override
    public String folder() {
        return "sqlite";
    }

    @Override
    public StoreClock clock() {
        return StoreClock.bound(InstantSource.system());
    }

    @Override
    public Bulk bulk() {
        return bulk;
    }

    @Override
    public MigrationTurn migrationTurn() {
        return MigrationTurn.WRITER;
    }

    @Override
    public boolean hasOneWriter() {
        return true;
    }

    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public String skipLocked() {
        return "";
    }

    @Override
    public String part() {
        return "SELECT * FROM (";
    }

    @Override
    public boolean autoCommitsInTransactions() {
        return true;
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        SqliteSettings.ensure(connection, file);
        WriteLock.take(connection, this, file);
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        execute(connection, "COMMIT");
        var aside = checkpoints;
        if (aside != null) {
            aside.committed();
        }
    }

    /**
     * There is nothing to undo where the beginning failed, or where SQLite has undone it itself, as on a full disk. Only a
     * connection on which another transaction can be begun and ended is sound then.
     */
    @Override
    public void rollback(Connection connection) throws SQLException {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            execute(connection, "BEGIN");
            execute(connection, "ROLLBACK");
        }
    }

    /** Takes the lock before anything is read: a transaction that has read first may not get it any more. */
    @Override
    public void join(Tx callers) throws SQLException {
        callers.sql("UPDATE {schema_version} SET version = version WHERE FALSE").update();
    }

    @Override
    public Connections connections(DataSource source) throws SQLException {
        var all = new SqliteConnections(source);
        all.keepOpen();
        connections = all;
        checkpoints = new Checkpoints(all);
        return all;
    }

    @Override
    public String currentSchema() {
        return "'main'";
    }

    @Override
    public String countTables(@Nullable String schema, String table) {
        return "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND LOWER(name) = '" + table + "'";
    }

    @Override
    public void check(Names names) {
        if (names.schema() != null) {
            throw new InvalidRequestException(
                    "schema", names.schema(), "must not be given: an SQLite file has none; use a tablePrefix");
        }
    }

    @Override
    public void useSchema(Connection connection, String schema) {
        throw new IllegalStateException("an SQLite file has no schemas");
    }

    @Override
    public void restoreSchema(Connection connection, String catalog, String schema) {
        throw new IllegalStateException("an SQLite file has no schemas");
    }

    @Override
    public String file() {
        return file.toString();
    }

    @Override
    public List<String> problems() {
        long bytes = file.walBytes();
        return bytes <= LONG_WAL
                ? List.of()
                : List.of(file + "-wal has " + (bytes >> 20) + " MB: it grows for as long as somebody reads in one"
                        + " transaction, and each read gets slower");
    }

    /** An interrupt closes the files of our own locks. */
    @Override
    public boolean breaksOnInterrupt() {
        return true;
    }

    @Override
    public void close() {
        var aside = checkpoints;
        if (aside != null) {
            aside.close();
        }
        if (connections != null) {
            connections.close();
        }
        copies.close();
    }

    @Override
    public Fault vendor(SQLException error) {
        String message = error.getMessage() == null ? "" : error.getMessage();
        return switch (error.getErrorCode()) {
            // Busy, in all its forms; a table that another connection of a shared cache has; too many who begin at
            // once.
            case 5, 6, 15 -> Fault.CONTENTION;
            // Not to be opened; the driver's own word for a connection that was closed.
            case 14 -> Fault.CONNECTION;
            case 0 -> message.contains("connection closed") ? Fault.CONNECTION : Fault.LASTING;
            // No memory, an interrupt, a disk that fails, a full one.
            case 7, 9, 10, 13 -> Fault.RESOURCES;
            case 19 ->
                message.contains("SQLITE_CONSTRAINT_UNIQUE") || message.contains("SQLITE_CONSTRAINT_PRIMARYKEY")
                        ? Fault.DUPLICATE
                        : Fault.DATA;
            // Too big, of the wrong type.
            case 18, 20 -> Fault.DATA;
            default -> Fault.LASTING;
        };
    }
}
