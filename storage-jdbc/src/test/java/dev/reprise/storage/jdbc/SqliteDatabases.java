package dev.reprise.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reprise.storage.jdbc.sqlite.SqliteDialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/** SQLite files of this process. */
public final class SqliteDatabases {

    private static final AtomicInteger COUNT = new AtomicInteger();
    /** Where nothing is waited for: what tests of promises need is not the disk. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private SqliteDatabases() {}

    /** A file of this test alone. */
    public static TestDatabase fresh() {
        return inFile(Shared.FOLDER);
    }

    /** A file of this test alone, in a directory. */
    public static TestDatabase inFile(Path directory) {
        var pool = pooled(url(directory.resolve("test" + COUNT.incrementAndGet() + ".db")), 20);
        return TestDatabase.fresh(pool, pool::close);
    }

    /** A file and a pool that tests use one after the other. */
    public static TestDatabase emptied() {
        return TestDatabase.emptied(Shared.POOL);
    }

    /** The file of {@link #emptied()}. */
    public static String sharedUrl() {
        return Shared.URL;
    }

    public static String url(Path file) {
        return "jdbc:sqlite:" + file;
    }

    /** How an SQLite file is spoken to. */
    public static SqliteDialect dialect() {
        try (var connection = Shared.POOL.getConnection()) {
            return SqliteDialect.of(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Connections that are made when they are asked for. */
    public static DataSource plain(String url) {
        var source = new SQLiteDataSource();
        source.setUrl(url);
        return source;
    }

    /** A pool as an application configures it. */
    public static HikariConfig pool(String url, int connections, Duration patience) {
        return Worker.pool(url, connections, patience);
    }

    private static HikariDataSource pooled(String url, int connections) {
        return new HikariDataSource(pool(url, connections, Duration.ofSeconds(30)));
    }

    private static final class Shared {
        static final Path FOLDER = folder();
        static final String URL = url(FOLDER.resolve("shared.db"));
        static final HikariDataSource POOL = pooled(URL, 20);

        private static Path folder() {
            try {
                var folder = Files.isWritable(MEMORY)
                        ? Files.createTempDirectory(MEMORY, "reprise-sqlite-")
                        : Files.createTempDirectory("reprise-sqlite-");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path folder) {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
