package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

/** Finds out which database is behind a connection. */
final class Dialects {

    private static final String SUPPORTED =
            "PostgreSQL 14+, MariaDB " + MariaDbDialect.OLDEST + "+ and H2 " + H2Version.OLDEST + "+ are supported";

    private Dialects() {}

    /** @throws StoreException when it is none that is supported */
    static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        String product = about.getDatabaseProductName();
        String version = about.getDatabaseProductVersion();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> postgres(about, version);
            case "mariadb" -> mariaDb(connection, version);
            case "mysql" -> mysql(connection, product, version);
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
        if (isOlder(version, MariaDbDialect.OLDEST)) {
            throw unknown("MariaDB", version);
        }
        try (var statement = connection.createStatement();
                var results = statement.executeQuery("SELECT @@max_allowed_packet")) {
            results.next();
            return new MariaDbDialect(results.getLong(1));
        }
    }

    private static Dialect h2(Connection connection, DatabaseMetaData about, String version) throws SQLException {
        if (isOlder(version, H2Version.OLDEST)) {
            throw unknown("H2", version);
        }
        boolean file = isFile(about.getURL());
        if (file) {
            H2Version.check(connection);
        }
        return new H2Dialect(file);
    }

    private static boolean isFile(String url) {
        String rest = url.toLowerCase(Locale.ROOT).replaceFirst("^jdbc:h2:", "");
        return !rest.startsWith("mem:") && !rest.startsWith("tcp:") && !rest.startsWith("ssl:");
    }

    static boolean isOlder(String version, String oldest) {
        String[] have = version.split("[^0-9]+", -1);
        String[] need = oldest.split("[^0-9]+", -1);
        for (int i = 0; i < need.length; i++) {
            int mine = i < have.length && !have[i].isEmpty() ? Integer.parseInt(have[i]) : 0;
            int theirs = Integer.parseInt(need[i]);
            if (mine != theirs) {
                return mine < theirs;
            }
        }
        return false;
    }

    private static StoreException unknown(String product, String version) {
        return StoreException.misconfigured("no dialect for " + product + " " + version + ": " + SUPPORTED);
    }
}
