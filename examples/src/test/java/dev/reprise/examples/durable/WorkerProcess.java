package dev.reprise.examples.durable;

import dev.reprise.examples.Main;
import dev.reprise.examples.durable.Evidence.Kill;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker in a JVM of its own. */
final class WorkerProcess {

    private static final List<String> SMALL_AND_QUICK_TO_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx128m");

    private final Process process;

    private WorkerProcess(Process process) {
        this.process = process;
    }

    /** Starts {@code worker} with these options; what it prints is appended to a file. */
    static WorkerProcess start(List<String> options, Path output) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL_AND_QUICK_TO_START);
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, Main.class.getName(), "worker"));
        command.addAll(options);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        return new WorkerProcess(builder.start());
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it with SIGKILL, and waits until it is gone. */
    Kill kill() throws InterruptedException {
        var at = Instant.now();
        process.destroyForcibly();
        process.waitFor();
        return new Kill(process.pid(), at);
    }

    /** Stops it where it stands: nothing of it runs until {@link #thaw()}. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on, as if nothing had happened. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int result = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .start()
                .waitFor();
        if (result != 0) {
            throw new IOException("kill -" + name + " " + pid() + " ended with " + result);
        }
    }

    /** Asks it to end with SIGTERM. */
    void end() {
        process.destroy();
    }

    /** Waits until it has ended; false when it has not by then. */
    boolean ended(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }
}
