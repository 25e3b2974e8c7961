package dev.reprise.storage.jdbc.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A running {@link H2WritingChild}.
 *
 * @param process the process
 * @param said what it has said so far
 */
record H2Writer(Process process, Queue<Line> said) {

    /**
     * What it says of a task it has stored, or of an error.
     *
     * @param how {@code begun}; {@code host} or {@code guest}: whether the file is open in this process; or {@code failed}
     * @param at when, in epoch milliseconds
     * @param text the task, or what was wrong
     */
    record Line(String how, long at, String text) {

        static Line of(String line) {
            String[] parts = line.split(" ", 3);
            return new Line(parts[0], Long.parseLong(parts[1]), parts[2]);
        }

        boolean isStored() {
            return how.equals("host") || how.equals("guest");
        }
    }

    static H2Writer start(String url) throws IOException {
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "-cp", classPath, H2WritingChild.class.getName(), url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var writer = new H2Writer(process, new ConcurrentLinkedQueue<>());
        var reader = new Thread(writer::read);
        reader.setDaemon(true);
        reader.start();
        return writer;
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().map(Line::of).forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            said.add(new Line("failed", System.currentTimeMillis(), e.toString()));
        }
    }

    List<Line> stored() {
        return said.stream().filter(Line::isStored).toList();
    }

    /** When it first stored something after that; zero: it has not. */
    long storedAfter(long time) {
        return stored().stream()
                .mapToLong(Line::at)
                .filter(at -> at > time)
                .findFirst()
                .orElse(0);
    }

    void awaitStored(long time) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(storedAfter(time)).as(this::toString).isPositive());
    }

    /** How long it took to store something after that, or since the process began, if that was later. */
    Duration tookAfter(long time) {
        long begun = said.stream().mapToLong(Line::at).findFirst().orElse(time);
        return Duration.ofMillis(storedAfter(time) - Math.max(time, begun));
    }

    boolean isHost() {
        return stored().stream()
                .reduce((first, second) -> second)
                .map(line -> line.how().equals("host"))
                .orElse(false);
    }

    /** Stops it where it stands ({@code STOP}), or lets it go on ({@code CONT}). */
    void signal(String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Asks it to end, as the operating system does before it shuts down; H2 closes the file then. */
    void end() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
