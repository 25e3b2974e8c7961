package dev.reprise.examples.durable;

import dev.reprise.examples.command.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The URL that a command was given. */
final class JdbcUrl {

    private static final Pattern FILE = Pattern.compile("jdbc:sqlite:(file:)?(?<path>[^?:][^?]*)(\\?.*)?");

    private JdbcUrl() {}

    /**
     * Makes sure that there is a driver for it.
     *
     * @throws UsageException when there is none
     */
    static void checkKnown(String url) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            // The URL may hold a password.
            throw new UsageException("--jdbc must begin with jdbc:postgresql:, jdbc:mariadb: or jdbc:sqlite:");
        }
    }

    /**
     * Makes sure that an SQLite file is there, which connecting would otherwise create.
     *
     * @throws UsageException when it is not
     */
    static void checkExists(String url) {
        file(url).filter(file -> !Files.exists(file)).ifPresent(file -> {
            throw new UsageException("--jdbc names an SQLite file that does not exist: there is no " + file);
        });
    }

    /** Makes the folder of an SQLite file, which connecting does not. */
    static void makeFolder(String url) {
        file(url).map(file -> file.toAbsolutePath().getParent()).ifPresent(folder -> {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make the folder " + folder, e);
            }
        });
    }

    private static Optional<Path> file(String url) {
        var file = FILE.matcher(url);
        return file.matches() ? Optional.of(Path.of(file.group("path"))) : Optional.empty();
    }
}
