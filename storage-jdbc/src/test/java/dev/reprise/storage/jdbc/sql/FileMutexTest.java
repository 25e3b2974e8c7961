package dev.reprise.storage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One holder at a time, and how long the others wait. */
@Timeout(60)
class FileMutexTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path directory;

    private Path file() throws IOException {
        return directory.toRealPath().resolve("db.writer");
    }

    @Test
    void whoHasWaitedLongEnoughGoesWithout() throws Exception {
        var file = file();
        try (var held = new FileMutex(file).take(SHORT)) {
            assertThat(held.file()).isEqualTo(file);
            var other = CompletableFuture.supplyAsync(() -> new FileMutex(file).take(SHORT) == null);

            assertThat(other.join()).as("waited in vain").isTrue();
        }
        try (var next = new FileMutex(file).take(SHORT)) {
            assertThat(next).isNotNull();
        }
    }

    @Test
    void holderInAnotherProcessIsWaitedForUntilItsDeath() throws Exception {
        var file = file();
        var child = Holder.start(file);
        try {
            assertThat(new FileMutex(file).take(SHORT)).isNull();
        } finally {
            child.destroyForcibly().waitFor();
        }

        try (var held = new FileMutex(file).take(Duration.ofSeconds(30))) {
            assertThat(held).isNotNull();
        }
    }

    /** A process that holds the mutex until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] files) throws Exception {
            try (var held = new FileMutex(Path.of(files[0])).take(SHORT)) {
                System.out.println(held.file());
                while (System.in.read() >= 0) {
                    // Until it is killed, or its parent is.
                }
            }
        }

        /** Starts it; it holds the mutex when this returns. */
        static Process start(Path file) throws Exception {
            var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var process = new ProcessBuilder(java, "-cp", classPath, Holder.class.getName(), file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            assertThat(said.readLine()).isEqualTo(file.toString());
            return process;
        }
    }
}
