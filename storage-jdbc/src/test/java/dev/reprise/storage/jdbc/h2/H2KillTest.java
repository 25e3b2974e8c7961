package dev.reprise.storage.jdbc.h2;

import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.GenerationClient;
import dev.reprise.failure.StoreException;
import dev.reprise.generation.TaskState;
import dev.reprise.storage.jdbc.H2Databases;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.store.Scope;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that works on an H2 file is killed: nothing it was told is stored is lost, and the next goes on at once. */
@Tag("heavy")
@Timeout(120)
class H2KillTest {

    @TempDir
    Path directory;

    private static Process child(String url) throws IOException {
        return child(H2Child.class, url);
    }

    private static Process child(Class<?> main, String url) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Reads what the child says until it has said that much and more, kills it, and reads the rest. */
    private static List<String> killAfter(Process child, String word, Runnable before) throws Exception {
        List<String> said = new ArrayList<>();
        try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                said.add(line);
                if (line.equals(word)) {
                    before.run();
                    child.toHandle().destroyForcibly();
                }
                line = lines.readLine();
            }
        }
        child.waitFor();
        return said;
    }

    private JdbcDataSource source(String url) {
        var source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    private static void assertKept(JdbcTaskStore store, List<String> said) {
        assertThat(said).hasSizeGreaterThan(100);
        for (String line : said) {
            var task = store.find(Scope.ALL, id(line.substring(line.indexOf(' ') + 1)));
            assertThat(task).as(line).isPresent();
            if (line.startsWith("done")) {
                assertThat(task.orElseThrow().row().state()).as(line).isEqualTo(TaskState.SUCCEEDED);
            }
        }
    }

    @Test
    void restartLosesNothingAndGoesOnAtOnce() throws Exception {
        for (int round = 1; round <= 3; round++) {
            var url = H2Databases.url(directory.resolve("killed" + round));
            var said = killAfter(child(url), "done t" + (50 + round * 7), () -> {});

            try (var keptOpen = source(url).getConnection();
                    var store = JdbcTaskStore.create(source(url))) {
                assertThat(keptOpen.isValid(1)).isTrue();
                var runner = runner(store);
                var start = System.nanoTime();
                assertThat(runner.reap().resumed()).contains(id("held"));
                assertThat(runner.claim(10)).extracting(task -> task.row().id()).contains(id("held"));
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
                assertKept(store, said);
                runner.close();
            }
        }
    }

    @Test
    void clientOfARestartedProcessCallsWithinASecond() throws Exception {
        for (int round = 1; round <= 3; round++) {
            var url = H2Databases.url(directory.resolve("restarted" + round));
            killAfter(child(H2CallingChild.class, url), "calls", () -> {});
            var called = new CompletableFuture<Long>();
            var provider = FakeProvider.builder()
                    .script((request, number) -> {
                        called.complete(System.nanoTime());
                        return FakeOutcome.reply("done");
                    })
                    .build();
            var pool = JdbcConnectionPool.create(url, "sa", "");

            try (var store = JdbcTaskStore.create(pool)) {
                var start = System.nanoTime();
                var client = GenerationClient.builder()
                        .provider(provider)
                        .taskStore(store)
                        .build();
                var took = Duration.ofNanos(called.get(30, TimeUnit.SECONDS) - start);
                client.close();
                System.out.println("called a killed process's task " + took.toMillis() + " ms after the restart");
                assertThat(took).isLessThan(Duration.ofSeconds(1));
            }
            pool.dispose();
        }
    }

    @Test
    void secondProcessIsToldWhatIsForSeveral() throws Exception {
        var url = H2Databases.url(directory.resolve("taken"));
        killAfter(
                child(url),
                "done t20",
                () -> assertThatThrownBy(() -> JdbcTaskStore.create(source(url)))
                        .isInstanceOf(StoreException.class)
                        .hasMessageStartingWith(
                                "an H2 database is for one process here, and another one has it open: for several"
                                        + " processes on one machine use an SQLite file (jdbc:sqlite:./tasks.db)"));
    }
}
