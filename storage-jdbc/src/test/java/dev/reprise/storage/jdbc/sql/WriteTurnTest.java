package dev.reprise.storage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writing to a database file, one at a time. */
class WriteTurnTest {

    private static final int WRITERS = 8;
    private static final int TURNS = 200;

    @TempDir
    Path folder;

    @Test
    void oneHasTheTurnAtATime() throws Exception {
        var database = folder.resolve("db").toString();
        var writing = new AtomicInteger();
        var most = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(WRITERS);
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            // As if every writer had a store of its own in this process.
            var turn = WriteTurn.of(database);
            writers.add(() -> {
                for (int j = 0; j < TURNS; j++) {
                    var taken = turn.take();
                    most.accumulateAndGet(writing.incrementAndGet(), Math::max);
                    writing.decrementAndGet();
                    taken.close();
                }
                return TURNS;
            });
        }

        for (var writer : threads.invokeAll(writers, 60, TimeUnit.SECONDS)) {
            assertThat(writer.get()).isEqualTo(TURNS);
        }
        threads.shutdown();
        assertThat(most).hasValue(1);
    }

    @Test
    void anotherProcessSeesTheTurnTaken() throws Exception {
        var taken = WriteTurn.of(folder.resolve("db").toString()).take();
        try {
            assertThat(TakesTheTurn.inAnotherProcess(folder.resolve("db.writer")))
                    .isEqualTo("taken");
        } finally {
            taken.close();
        }
        assertThat(TakesTheTurn.inAnotherProcess(folder.resolve("db.writer"))).isEqualTo("free");
    }

    @Test
    void aServerNeedsNoTurns() throws Exception {
        var first = WriteTurn.NOT_NEEDED.take();
        var second = WriteTurn.NOT_NEEDED.take();
        second.close();
        first.close();
    }

    /** A process that tries the lock of a file and says what it found. */
    static final class TakesTheTurn {

        private TakesTheTurn() {}

        /** Prints {@code free} or {@code taken}. */
        public static void main(String[] files) throws Exception {
            try (var channel = FileChannel.open(Path.of(files[0]), StandardOpenOption.WRITE);
                    var lock = channel.tryLock()) {
                System.out.print(lock == null ? "taken" : "free");
            }
        }

        static String inAnotherProcess(Path file) throws Exception {
            var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            classPath,
                            TakesTheTurn.class.getName(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return said;
        }
    }
}
