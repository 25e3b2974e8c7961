package dev.reprise.storage.jdbc.h2;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.sql.Versions;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Which versions of H2 find again, after a kill, all that they have written to a file.
 *
 * <p>2.5 does not: where a part of the file was not put where the part before it announced, H2 writes into the file's header
 * which one is the last, and 2.5 writes the one before. The next opening believes the header and goes back to that one.
 * Without reuse of space every part is at the end of the file, where an opening looks, too.
 */
public final class H2Version {

    public static final String OLDEST = "2.2.224";

    /** Up to 2.5.252, the newest when this was written; a newer one is to be tried before it is believed. */
    private static final String FORGETFUL_FROM = "2.5";

    private static final String KEEPS = "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SETTINGS"
            + " WHERE SETTING_NAME = 'REUSE_SPACE' AND LOWER(SETTING_VALUE) = 'false'";

    private H2Version() {}

    /**
     * Checks the version that has opened a file.
     *
     * @throws StoreException when a kill would undo what has been acknowledged
     */
    public static void check(Connection connection, String version) throws SQLException {
        if (isForgetful(version) && !keepsSpace(connection)) {
            throw StoreException.misconfigured("H2 " + version + " loses commits that it has acknowledged when the"
                    + " process that has the file open is killed: use SQLite (jdbc:sqlite:./tasks.db), H2 2.4.240 or"
                    + " older, or add ;REUSE_SPACE=FALSE to the URL, with which the file grows until SHUTDOWN COMPACT");
        }
    }

    public static boolean isForgetful(String version) {
        return !Versions.isOlder(version, FORGETFUL_FROM);
    }

    private static boolean keepsSpace(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var results = statement.executeQuery(KEEPS)) {
            results.next();
            return results.getInt(1) > 0;
        }
    }
}
