package dev.reprise.examples.durable;

import dev.reprise.examples.command.UsageException;
import java.io.File;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URL that a command was given, completed. */
final class JdbcUrl {

    private static final String H2 = "jdbc:h2:";
    /** The path of a file, which has no prefix but {@code file:}; a drive is none. */
    private static final Pattern FILE = Pattern.compile("jdbc:h2:(file:)?(?<path>([a-zA-Z]:)?[^:;]+)(;|$)");

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
     * Makes sure that an H2 file is there, which connecting would otherwise create.
     *
     * @throws UsageException when it is not
     */
    static void checkExists(String url) {
        var file = FILE.matcher(url);
        if (!file.lookingAt() || System.getProperty("h2.baseDir") != null) {
            return; // nobody can tell without opening it
        }
        String path =
                file.group("path").replaceFirst("^~(?=/)", Matcher.quoteReplacement(System.getProperty("user.home")));
        var database = new File(path + ".mv.db");
        if (!database.exists()) {
            throw new UsageException("--jdbc names an H2 database that does not exist: there is no " + database);
        }
    }

    private static boolean isLocalH2(String url) {
        return url.startsWith(H2) && !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:");
    }

    private static String with(String url, String setting) {
        String name = setting.substring(0, setting.indexOf('=') + 1);
        return url.toUpperCase(Locale.ROOT).contains(";" + name) ? url : url + ";" + setting;
    }
}
