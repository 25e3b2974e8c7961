package dev.reprise.storage.jdbc;

import dev.reprise.testkit.FakeProvider;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server that dies and comes back. */
@Tag("heavy")
class PostgresOutageTest extends OutageContract {

    @TempDir
    Path folder;

    @Override
    Server start() throws IOException {
        return new Postgres(folder);
    }

    @Override
    Duration outage() {
        return Duration.ofSeconds(20);
    }

    @Override
    Worker worker(Server server, Duration patience, FakeProvider provider, Duration lease) {
        var locks = new PGSimpleDataSource();
        locks.setUrl(server.url());
        return Worker.start(
                Worker.pool(server.url(), CONNECTIONS, patience),
                storage -> storage.lockConnection(locks),
                engine -> engine.provider(provider).lease(lease));
    }

    /** A server of this test alone, whose data outlives it. */
    private static final class Postgres implements Server {

        private final Path data;
        private EmbeddedPostgres server;

        Postgres(Path folder) throws IOException {
            data = folder.resolve("data");
            server = builder().start();
        }

        private EmbeddedPostgres.Builder builder() {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(Duration.ofMinutes(1))
                    // Otherwise a server that dies may forget what it has said is committed.
                    .setServerConfig("synchronous_commit", "on");
        }

        @Override
        public String url() {
            return server.getJdbcUrl("postgres", "postgres");
        }

        /** SIGQUIT: it drops all connections at once and leaves its files as they are. */
        @Override
        public void kill() throws Exception {
            var lines = Files.readAllLines(data.resolve("postmaster.pid"));
            var process = ProcessHandle.of(Long.parseLong(lines.get(0))).orElseThrow();
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            process.onExit().get(1, TimeUnit.MINUTES);
        }

        @Override
        public void startAgain() throws IOException {
            int port = server.getPort();
            server.close();
            server = builder().setPort(port).start();
        }

        @Override
        public String sessions() {
            return "SELECT COUNT(*) FROM pg_stat_activity"
                    + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
