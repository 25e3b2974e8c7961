package dev.reprise.storage.jdbc.sqlite;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a connection must have set so that a commit is on the disk when it returns, and nobody is kept out: read back before
 * each transaction that writes, because it belongs to the connection, and the application may have changed it.
 */
final class SqliteSettings {

    private static final int FULL = 2;
    private static final String READ =
            "SELECT s.synchronous, j.journal_mode, l.locking_mode FROM pragma_synchronous s, pragma_journal_mode j,"
                    + " pragma_locking_mode l";

    private SqliteSettings() {}

    /** Makes the file's journal a write-ahead log, for good. */
    static void useWal(Connection connection) throws SQLException {
        Dialect.execute(connection, "PRAGMA journal_mode = WAL");
    }

    /**
     * Sets what is not set, but for the journal: a connection that has another than the file had before changes it for all.
     *
     * @throws StoreException when the connection does not take it
     */
    static void ensure(Connection connection, SqliteFile file) throws SQLException {
        if (read(connection).isDurable()) {
            return;
        }
        Dialect.execute(connection, "PRAGMA synchronous = FULL");
        Dialect.execute(connection, "PRAGMA locking_mode = NORMAL");
        var settings = read(connection);
        if (!settings.isDurable()) {
            throw StoreException.misconfigured(file + " needs journal_mode wal, synchronous 2 (FULL) or 3 (EXTRA) and"
                    + " locking_mode normal, and has " + settings.journal + ", " + settings.synchronous + " and "
                    + settings.locking + ": leave these to the library");
        }
    }

    private record Settings(int synchronous, String journal, String locking) {
        private boolean isDurable() {
            return synchronous >= FULL && journal.equals("wal") && locking.equals("normal");
        }
    }

    private static Settings read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(READ)) {
            results.next();
            return new Settings(results.getInt(1), results.getString(2), results.getString(3));
        }
    }
}
