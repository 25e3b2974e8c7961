package dev.reprise.examples.durable;

import dev.reprise.examples.command.UsageException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The URL that a command was given, completed. */
final class JdbcUrl {

    private static final int H2_NOT_FOUND = 90146;

    private JdbcUrl() {}

    /**
     * Completes an H2 URL with what it does not say itself: that nothing is written in the background; and that the database
     * is closed by the last connection rather than when the process is told to end, while the work under way still has to be
     * stored, which H2 does not offer for a file that several processes share.
     *
     * @throws UsageException when no driver here knows such a URL
     */
    static String completed(String url) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            // The URL may hold a password.
            throw new UsageException("--jdbc must begin with jdbc:postgresql:, jdbc:mariadb: or jdbc:h2:");
        }
        if (!isLocalH2(url)) {
            return url;
        }
        var calm = with(url, "WRITE_DELAY=0");
        boolean shared = url.toUpperCase(Locale.ROOT).contains(";AUTO_SERVER=TRUE");
        return shared ? calm : with(calm, "DB_CLOSE_ON_EXIT=FALSE");
    }

    /**
     * Makes sure that an H2 database is there, which connecting would otherwise create.
     *
     * @throws UsageException when it is not
     */
    static void checkExists(String url, @Nullable String user, @Nullable String password) {
        if (!isLocalH2(url)) {
            return;
        }
        try {
            new PlainDataSource(with(url, "IFEXISTS=TRUE"), user, password)
                    .getConnection()
                    .close();
        } catch (SQLException e) {
            if (e.getErrorCode() == H2_NOT_FOUND) {
                throw new UsageException("--jdbc names an H2 database that does not exist");
            }
            // Whoever opens it for work waits, and says what is wrong.
        }
    }

    private static boolean isLocalH2(String url) {
        return url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:");
    }

    private static String with(String url, String setting) {
        String name = setting.substring(0, setting.indexOf('=') + 1);
        return url.toUpperCase(Locale.ROOT).contains(";" + name) ? url : url + ";" + setting;
    }
}
