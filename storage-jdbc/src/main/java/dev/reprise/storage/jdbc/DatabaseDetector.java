package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.h2.H2Dialect;
import dev.reprise.storage.jdbc.h2.H2Version;
import dev.reprise.storage.jdbc.mariadb.MariaDbDialect;
import dev.reprise.storage.jdbc.postgres.PostgresDialect;
import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Versions;
import dev.reprise.storage.jdbc.sqlite.SqliteDialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds out which database is behind a connection. */
public final class DatabaseDetector {

    private static final String SUPPORTED = "PostgreSQL 14+, MariaDB " + MariaDbDialect.OLDEST + "+, SQLite "
            + SqliteDialect.OLDEST + "+ and H2 " + H2Version.OLDEST + "+ are supported";
    /** H2 says it may be: a file that is locked. */
    private static final int H2_IN_USE = 90020;

    private DatabaseDetector() {}

    /** @throws StoreException when it is none that is supported */
    static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        String product = about.getDatabaseProductName();
        String version = about.getDatabaseProductVersion();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> postgres(about, version);
            case "mariadb" -> mariaDb(connection, version);
            case "mysql" -> mysql(connection, product, version);
            case "sqlite" -> sqlite(connection, version);
            case "h2" -> h2(connection, about, version);
            default -> throw unknown(product, version);
        };
    }

    private static Dialect postgres(DatabaseMetaData about, String version) throws SQLException {
        if (about.getDatabaseMajorVersion() < PostgresDialect.OLDEST) {
            throw unknown("PostgreSQL", version);
        }
        return new PostgresDialect();
    }

    private static Dialect mysql(Connection connection, String product, String version) throws SQLException {
        if (version.toLowerCase(Locale.ROOT).contains("mariadb")) {
            return mariaDb(connection, version.replaceFirst("^5\\.5\\.5-", ""));
        }
        throw unknown(product, version);
    }

    private static Dialect mariaDb(Connection connection, String version) throws SQLException {
        if (Versions.isOlder(version, MariaDbDialect.OLDEST)) {
            throw unknown("MariaDB", version);
        }
        try (var statement = connection.createStatement();
                var results = statement.executeQuery("SELECT @@max_allowed_packet")) {
            results.next();
            return new MariaDbDialect(results.getLong(1));
        }
    }

    private static Dialect sqlite(Connection connection, String version) throws SQLException {
        if (Versions.isOlder(version, SqliteDialect.OLDEST)) {
            throw unknown("SQLite", version);
        }
        return SqliteDialect.of(connection);
    }

    private static Dialect h2(Connection connection, DatabaseMetaData about, String version) throws SQLException {
        if (Versions.isOlder(version, H2Version.OLDEST)) {
            throw unknown("H2", version);
        }
        // The servers that a session is connected to are among H2's own properties of a client.
        if (!"0".equals(connection.getClientInfo("numServers"))) {
            throw h2IsForOneProcess(about.getURL());
        }
        String file = h2File(connection);
        if (file == null) {
            return H2Dialect.inMemory();
        }
        H2Version.check(connection, version);
        return H2Dialect.ofFile(file);
    }

    /** Whether H2 says that another process has the file. */
    static boolean isOfAnotherProcess(SQLException error) {
        return error.getErrorCode() == H2_IN_USE;
    }

    static StoreException h2IsForOneProcess(String what) {
        return StoreException.misconfigured("an H2 database is for one process here, and another one has it open: for"
                + " several processes on one machine use an SQLite file (jdbc:sqlite:./tasks.db) (" + what + ")");
    }

    /** The path of the database's file, without its ending; null in memory. */
    private static @Nullable String h2File(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var results = statement.executeQuery("SELECT DATABASE_PATH()")) {
            results.next();
            return results.getString(1);
        }
    }

    private static StoreException unknown(String product, String version) {
        return StoreException.misconfigured("no dialect for " + product + " " + version + ": " + SUPPORTED);
    }
}
