package dev.reprise.storage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
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
        var done = new CountDownLatch(WRITERS);
        var threads = Executors.newFixedThreadPool(WRITERS);
        for (int i = 0; i < WRITERS; i++) {
            // As if every writer had a store of its own in this process.
            var turn = WriteTurn.of(database);
            threads.execute(() -> {
                for (int j = 0; j < TURNS; j++) {
                    var taken = turn.take();
                    most.accumulateAndGet(writing.incrementAndGet(), Math::max);
                    writing.decrementAndGet();
                    taken.close();
                }
                done.countDown();
            });
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
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
    void whoWasLeftInTheTurnIsToldToTheNext() {
        var turn = WriteTurn.of(folder.resolve("db").toString());
        var interrupted = turn.take();
        assertThat(interrupted.left()).isNull();
        interrupted.mark("a session with a long name");
        interrupted.close();

        var next = turn.take();
        assertThat(next.left()).isEqualTo("a session with a long name");
        next.mark("short");
        next.close();

        var last = turn.take();
        assertThat(last.left()).isEqualTo("short");
        last.close();
    }

    @Test
    void aTurnThatEndedProperlyLeavesNobody() {
        var turn = WriteTurn.of(folder.resolve("db").toString());
        var ended = turn.take();
        ended.mark("somebody");
        ended.over();
        ended.close();

        var next = turn.take();
        assertThat(next.left()).isNull();
        next.close();
    }

    @Test
    void aServerNeedsNoTurns() {
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
