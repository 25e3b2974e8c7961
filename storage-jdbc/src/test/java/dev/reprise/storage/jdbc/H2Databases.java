package dev.reprise.storage.jdbc;

import dev.reprise.storage.jdbc.h2.H2Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.Driver;
import org.h2.jdbcx.JdbcConnectionPool;

/** H2 databases of this process. */
public final class H2Databases {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Looked up, and not read from the class: the compiler would put in the version it compiles with. */
    public static final boolean FORGETFUL =
            H2Version.isForgetful(new Driver().getMajorVersion() + "." + new Driver().getMinorVersion());

    private H2Databases() {}

    public static TestDatabase inMemory() {
        return pooled("jdbc:h2:mem:test" + COUNT.incrementAndGet());
    }

    /** A file and a pool that tests use one after the other. */
    public static TestDatabase emptiedFile() {
        return TestDatabase.emptied(Shared.POOL);
    }

    /** The file of {@link #emptiedFile()}. */
    public static String sharedUrl() {
        return Shared.URL;
    }

    private static final class Shared {
        static final String URL = url(directory().resolve("shared"));
        static final JdbcConnectionPool POOL = pool(URL);

        private static Path directory() {
            try {
                var directory = Files.createTempDirectory("reprise-h2-");
                directory.toFile().deleteOnExit();
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static TestDatabase inFile(Path directory) {
        return pooled(url(directory.resolve("test" + COUNT.incrementAndGet())));
    }

    /** The URL of a file, as the version of H2 needs it that the tests run with. */
    public static String url(Path file) {
        return "jdbc:h2:file:" + file + (FORGETFUL ? ";REUSE_SPACE=FALSE" : "");
    }

    private static TestDatabase pooled(String url) {
        var pool = pool(url);
        return TestDatabase.fresh(pool, pool::dispose);
    }

    private static JdbcConnectionPool pool(String url) {
        var pool = JdbcConnectionPool.create(url, "sa", "");
        pool.setMaxConnections(20);
        return pool;
    }
}
