package dev.reprise.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;

/** One PostgreSQL server for all tests of this JVM. */
public final class PostgresDatabases {

    private PostgresDatabases() {}

    /** Started when it is first asked for, ended with the JVM. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                var server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static String url() {
        return Server.RUNNING.getJdbcUrl("postgres", "postgres");
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

    /** Connections outside any pool. */
    public static DataSource plain() {
        return Server.RUNNING.getPostgresDatabase();
    }
}
