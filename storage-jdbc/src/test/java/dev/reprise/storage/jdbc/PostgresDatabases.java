package dev.reprise.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One PostgreSQL server for all tests of this JVM. */
final class PostgresDatabases {

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

    static String url() {
        return Server.RUNNING.getJdbcUrl("postgres", "postgres");
    }

    static TestDatabase fresh() {
        return fresh(10);
    }

    static TestDatabase fresh(int connections) {
        var config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(10_000);
        var pool = new HikariDataSource(config);
        return new TestDatabase(pool, pool::close);
    }
}
