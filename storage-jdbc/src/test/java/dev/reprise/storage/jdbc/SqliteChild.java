package dev.reprise.storage.jdbc;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reprise.storage.jdbc.sql.PausePoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process of its own on an SQLite file, to be killed. */
public final class SqliteChild implements AutoCloseable {

    private final Process process;
    private final BufferedReader said;

    private SqliteChild(Process process) {
        this.process = process;
        said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What it does. */
    public enum Part {
        /** Stores and finishes tasks, and says so. */
        WORK,
        /** Stores tasks, and copies all of the log into the file after each. */
        CHECKPOINT,
        /** Begins to store an outcome, and stands still in the middle of it. */
        STAND_STILL,
        /** Starts a process that lives on, and says which. */
        HAVE_A_CHILD
    }

    /** Starts one. */
    public static SqliteChild start(Part part, String url) throws IOException {
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new SqliteChild(new ProcessBuilder(java, "-cp", classPath, SqliteChild.class.getName(), part.name(), url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits for its next line. */
    public String line() throws IOException {
        return said.readLine();
    }

    /** Reads what it says until it has said that much and more, kills it, and reads the rest. */
    public List<String> killAfter(int lines) throws Exception {
        List<String> all = new ArrayList<>();
        for (String line = line(); line != null; line = line()) {
            all.add(line);
            if (all.size() == lines) {
                process.toHandle().destroyForcibly(); // what it has said can still be read then
            }
        }
        process.waitFor();
        return all;
    }

    /** Stops it where it stands ({@code STOP}), or lets it go on ({@code CONT}). */
    public void signal(String name) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Kills it. */
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
            said.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] arguments) throws Exception {
        var part = Part.valueOf(arguments[0]);
        PausePoint.Hook pauses = part == Part.STAND_STILL ? SqliteChild::standStill : PausePoint.Hook.NONE;
        try (var pool = new HikariDataSource(SqliteDatabases.pool(arguments[1], 3, Duration.ofSeconds(30)));
                var store = JdbcTaskStore.builder(pool).pauses(pauses).build()) {
            switch (part) {
                case WORK -> work(store, pool);
                case CHECKPOINT -> checkpoint(store, pool);
                case STAND_STILL -> finish(store);
                case HAVE_A_CHILD -> haveAChild(store);
            }
        }
    }

    private static void work(JdbcTaskStore store, HikariDataSource pool) {
        var runner = runner(store);
        store.submit(alone(task("held")));
        runner.claim(1);
        for (int i = 0; pool.isRunning(); i++) {
            store.submit(alone(task("t" + i)));
            System.out.println("stored t" + i);
            runner.storeOutcomes(List.of(Tasks.succeeded(runner.claim(1).get(0).ref())));
            System.out.println("done t" + i);
        }
    }

    private static void checkpoint(JdbcTaskStore store, HikariDataSource pool) throws Exception {
        for (int i = 0; pool.isRunning(); i++) {
            store.submit(alone(task("t" + i)));
            System.out.println("stored t" + i);
            try (Connection connection = pool.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        }
    }

    private static void finish(JdbcTaskStore store) {
        var runner = runner(store);
        store.submit(alone(task("held")));
        runner.storeOutcomes(List.of(Tasks.succeeded(runner.claim(1).get(0).ref())));
    }

    private static void standStill(PausePoint point, java.util.Collection<String> tasks) {
        if (point == PausePoint.BEFORE_COMMIT) {
            System.out.println("writing");
            untilKilled();
        }
    }

    private static void haveAChild(JdbcTaskStore store) throws Exception {
        var runner = runner(store);
        store.submit(alone(task("held")));
        runner.claim(1);
        var child = new ProcessBuilder("sleep", "60")
                .inheritIO()
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        System.out.println(child.pid());
        untilKilled();
    }

    private static void untilKilled() {
        try {
            while (System.in.read() >= 0) {
                // or until its parent is gone
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
