package dev.reprise.storage.jdbc.h2;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.many;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StoreException;
import dev.reprise.generation.TaskState;
import dev.reprise.storage.jdbc.H2Databases;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.storage.jdbc.Tasks;
import dev.reprise.storage.jdbc.TestDatabase;
import dev.reprise.storage.jdbc.WatchedSource;
import dev.reprise.store.ReapReport;
import dev.reprise.store.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an H2 file needs beside the rest: locks that show who lives, writes before answers, no interrupts. */
class H2FileTest {

    @TempDir
    Path directory;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = H2Databases.inFile(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Stream<Path> locks() throws Exception {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".lock")).toList().stream();
        }
    }

    @Test
    void heldLockMeansAliveWhateverTheBeatSays() {
        var silent = runner(database.store());
        var observer = runner(database.openSecond());
        database.store().submit(alone(task("a")));
        silent.claim(1);
        database.advance(Duration.ofDays(1));

        assertThat(observer.reap()).isEqualTo(ReapReport.NOTHING);
    }

    @Test
    void freeLockMeansDeadAtTheFirstLook() throws Exception {
        var dying = runner(database.store());
        database.store().submit(alone(task("a")));
        dying.claim(1);
        assertThat(locks()).hasSize(1);
        database.abandon(dying);

        var report = runner(database.openSecond()).reap();

        assertThat(report.dead()).containsExactly(dying.id());
        assertThat(report.resumed()).containsExactly(id("a"));
        assertThat(locks()).hasSize(1);
    }

    @Test
    void submissionThatAKillWouldTearIsRefused() {
        assertThatThrownBy(() -> database.store().submit(many("t", 1_001)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("requests must be at most 1000 at once on an H2 file: 1001 requests");
        var large = Tasks.ofSize("a", 3 << 20);
        var larger = Tasks.ofSize("b", 2 << 20);
        assertThatThrownBy(() -> database.store().submit(alone(large, larger)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("requests must have at most 4194304 bytes together on an H2 file: 5242880 bytes");
        assertThat(database.store().counts(Scope.ALL)).isEmpty();

        database.store().submit(many("t", 1_000));
        database.store().submit(alone(Tasks.ofSize("alone", 5 << 20)));

        assertThat(database.number("SELECT COUNT(*) FROM {task}")).isEqualTo(1_001);
    }

    /** A lock is a write to the row: a claim that locks all that is ready rewrites all of it. */
    @Test
    void claimWritesNoMoreThanItTakes() throws Exception {
        for (int i = 0; i < 3; i++) {
            database.store().submit(many("t" + i + "-", 1_000));
        }
        var runner = runner(database.store());
        long before = written();

        assertThat(runner.claim(4)).hasSize(4);

        assertThat(written() - before).isLessThan(128 << 10);
    }

    private long written() throws Exception {
        try (var files = Files.list(directory)) {
            return Files.size(files.filter(file -> file.toString().endsWith(".mv.db"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    @Test
    void closedRunnerLeavesNoFile() throws Exception {
        runner(database.store()).close();

        assertThat(locks()).isEmpty();
    }

    @Test
    void writesBeforeItAnswers() {
        database.store().submit(alone(task("a")));

        assertThat(database.number("SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
                        + " WHERE SETTING_NAME = 'WRITE_DELAY'"))
                .isZero();
    }

    /** Every opening starts H2's own writer again. */
    @Test
    void nothingWritesBesideATransactionWhenTheFileWasOpenedAnewJustBeforeIt() throws Exception {
        var url = H2Databases.url(directory.resolve("moved"));
        try (var other = DriverManager.getConnection(url, "sa", "");
                var statement = other.createStatement()) {
            List<Integer> delays = new ArrayList<>();
            var moving = WatchedSource.of(plain(url, "sa", ""), (connection, method) -> {
                if (method.equals("setAutoCommit")) {
                    statement.execute("SET WRITE_DELAY 500");
                } else if (method.equals("commit")) {
                    delays.add(delayInForce(statement));
                }
            });

            try (var store = JdbcTaskStore.create(moving)) {
                store.submit(alone(task("a")));
            }

            assertThat(delays).hasSizeGreaterThan(1).containsOnly(0);
        }
    }

    /** The setting stands there twice: as it was set once, and as it is. */
    private static int delayInForce(Statement statement) throws SQLException {
        try (var results = statement.executeQuery("SELECT MAX(CAST(SETTING_VALUE AS INT)) FROM"
                + " INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'")) {
            results.next();
            return results.getInt(1);
        }
    }

    @Test
    void userWhoMayNotSetTheDelayIsToldWhatToDo() throws Exception {
        var url = H2Databases.url(directory.resolve("restricted"));
        var source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("app");
        source.setPassword("app");
        try (var admin = DriverManager.getConnection(url, "sa", "");
                var statement = admin.createStatement()) {
            JdbcTaskStore.create(plain(url, "sa", "")).close();
            statement.execute("CREATE USER app PASSWORD 'app'");
            statement.execute("GRANT ALL ON SCHEMA PUBLIC TO app");
        }
        // Opened anew, the delay is in force again, though the setting that the administrator's store made remains.
        try (var keptOpen = source.getConnection()) {
            assertThat(keptOpen.isValid(1)).isTrue();
            var store = JdbcTaskStore.create(source);
            assertThatThrownBy(() -> store.submit(alone(task("a"))))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "this user may not run SET WRITE_DELAY 0, without which H2 loses acknowledged commits when"
                                    + " the process is killed: add ;WRITE_DELAY=0 to the URL, or let an administrator connect");
            store.close();
        }
    }

    @Test
    void worksOnASourceThatPoolsNothing() {
        try (var store = JdbcTaskStore.create(plain(H2Databases.url(directory.resolve("plain")), "sa", ""))) {
            store.submit(alone(task("a")));
            var runner = runner(store);
            runner.storeOutcomes(runner.claim(1).stream()
                    .map(claimed -> Tasks.succeeded(claimed.ref()))
                    .toList());
            runner.close();

            assertThat(store.counts(Scope.ALL)).containsEntry(TaskState.SUCCEEDED, 1L);
        }
    }

    private static JdbcDataSource plain(String url, String user, String password) {
        var source = new JdbcDataSource();
        source.setURL(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    @Test
    void interruptedCallersDoNotCloseTheFile() throws Exception {
        var store = database.store();
        var runner = runner(store);
        store.submit(many("t", 200));
        var callers = Executors.newFixedThreadPool(4);
        try {
            var work = Stream.generate(() -> callers.submit(() -> {
                        while (store.counts(Scope.ALL).containsKey(TaskState.READY)) {
                            Thread.currentThread().interrupt();
                            var claimed = runner.claim(2);
                            runner.storeOutcomes(claimed.stream()
                                    .map(task -> Tasks.succeeded(task.ref()))
                                    .toList());
                            assertThat(Thread.interrupted()).isTrue();
                        }
                    }))
                    .limit(4)
                    .toList();
            for (var one : work) {
                one.get();
            }
        } finally {
            callers.shutdownNow();
        }

        assertThat(store.counts(Scope.ALL)).containsEntry(TaskState.SUCCEEDED, 200L);
    }
}
