package dev.reprise.storage.jdbc.sqlite;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.storage.jdbc.SqliteChild;
import dev.reprise.storage.jdbc.SqliteDatabases;
import dev.reprise.storage.jdbc.TestDatabase;
import dev.reprise.storage.jdbc.WatchedSource;
import dev.reprise.store.ReapReport;
import dev.reprise.store.Scope;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** What an SQLite file must be, and who is seen alive beside it. */
@Timeout(60)
class SqliteFileTest {

    @TempDir
    Path directory;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = SqliteDatabases.inFile(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Path file() throws Exception {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".db"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Stream<Path> locks() throws Exception {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".lock")).toList().stream();
        }
    }

    private static JdbcTaskStore store(String url) {
        return JdbcTaskStore.create(SqliteDatabases.plain(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite::memory:", "jdbc:sqlite:", "jdbc:sqlite:file:shared?mode=memory&cache=shared"})
    void databaseInMemoryIsRefusedWithTheNameOfWhatIsMeant(String url) {
        assertThatThrownBy(() -> store(url))
                .isInstanceOf(StoreException.class)
                .hasMessage("an SQLite database in memory belongs to one connection and ends with it: use a file"
                        + " (jdbc:sqlite:./tasks.db), or, to keep nothing, the in-memory store or H2"
                        + " (jdbc:h2:mem:tasks;DB_CLOSE_DELAY=-1)");
    }

    @Test
    void fileWithTwoNamesIsRefused() throws Exception {
        database.store();
        var other = Files.createLink(directory.resolve("other"), file());

        assertThatThrownBy(() -> store(SqliteDatabases.url(other)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(" has 2 names (hard links), and what is written by one is not seen by the other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs4", "cifs", "9p", "virtiofs", "fuse.sshfs", "vboxsf", "NFS"})
    void fileSystemThatOtherMachinesShareIsRefused(String type) {
        assertThatThrownBy(() -> SqliteFile.checkFileSystem(Path.of("/data/tasks.db"), type))
                .isInstanceOf(StoreException.class)
                .hasMessage("/data/tasks.db is on " + type + ", a file system of a network or of another machine, on"
                        + " which SQLite's locks do not hold: put it on a local disk, or use a database server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "apfs", "NTFS"})
    void localFileSystemIsTaken(String type) {
        assertThatCode(() -> SqliteFile.checkFileSystem(Path.of("/data/tasks.db"), type))
                .doesNotThrowAnyException();
    }

    @Test
    void schemaIsRefused() {
        assertThatThrownBy(() -> database.builder().schema("elsewhere").build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("schema must not be given: an SQLite file has none; use a tablePrefix: elsewhere");
    }

    @Test
    void pathsByLinksMeetAtTheLocksBesideTheFile() throws Exception {
        var alive = runner(database.store());
        database.store().submit(alone(task("a")));
        alive.claim(1);
        var folder = Files.createSymbolicLink(directory.resolve("folder"), directory);
        var link = Files.createSymbolicLink(directory.resolve("link"), folder.resolve(file().getFileName()));

        try (var store = JdbcTaskStore.builder(SqliteDatabases.plain(SqliteDatabases.url(link)))
                .tablePrefix(database.prefix())
                .build()) {
            var observer = runner(store);
            assertThat(observer.reap()).isEqualTo(ReapReport.NOTHING);
            assertThat(locks()).hasSize(2).allMatch(lock -> lock.startsWith(directory));

            database.abandon(alive);
            assertThat(observer.reap().dead()).containsExactly(alive.id());
            observer.close();
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
        assertThat(silent.beat().held()).hasSize(1);
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
    void closedRunnerLeavesNoLock() throws Exception {
        runner(database.store()).close();

        assertThat(locks()).isEmpty();
    }

    @Test
    void beatIsWrittenDownNowAndThen() {
        var runner = runner(database.store());
        long born = database.number("SELECT beat_at FROM {runner}");
        database.advance(Duration.ofSeconds(2));
        runner.beat();
        assertThat(database.number("SELECT beat_at FROM {runner}")).isEqualTo(born);

        database.advance(Duration.ofSeconds(1));
        runner.beat();

        assertThat(database.number("SELECT beat_at FROM {runner}")).isEqualTo(born + 3_000);
    }

    @Test
    void runnerThatBeatsOnAnotherMachineIsNeitherJoinedNorTakenForDead() {
        var here = runner(database.store());
        long now = database.number("SELECT beat_at FROM {runner}");
        database.execute("INSERT INTO {runner} VALUES ('far', 'far-away', 'ALIVE', 30000, 7, " + now + ", "
                + (now + 30_000) + ", " + now + ", NULL, NULL, 'file:another-boot')");

        assertThat(here.reap()).isEqualTo(ReapReport.NOTHING);
        assertThat(here.problems())
                .containsExactly(
                        "runner far-away (far) beats on this file from another machine, whose locks are not seen"
                                + " here: such a file is for one machine");
        assertThatThrownBy(() -> runner(database.openSecond()))
                .isInstanceOf(StoreException.class)
                .hasMessage("runner far-away (far) beats on this file from another machine, whose locks are not seen"
                        + " here: such a file is for one machine (if it was this one, before a restart: in 30 s at the"
                        + " latest it is taken for dead)");

        database.advance(Duration.ofSeconds(31));

        assertThat(here.reap().dead()).extracting(dead -> dead.value()).containsExactly("far");
        assertThat(here.problems()).isEmpty();
        runner(database.openSecond()).close();
    }

    private DataSource set(SQLiteConfig config) {
        var source = new SQLiteDataSource(config);
        source.setUrl(SqliteDatabases.url(directory.resolve("set")));
        return source;
    }

    @Test
    void connectionThatWouldLoseCommitsIsSetToKeepThem() throws Exception {
        var config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        List<Integer> levels = new ArrayList<>();
        var watched = WatchedSource.of(set(config), (connection, method) -> {
            if (method.equals("close")) {
                try (var statement = connection.createStatement();
                        var level = statement.executeQuery("PRAGMA synchronous")) {
                    levels.add(level.getInt(1));
                }
            }
        });

        try (var store = JdbcTaskStore.create(watched)) {
            levels.clear();
            store.submit(alone(task("a")));
        }

        assertThat(levels).containsExactly(2);
    }

    @Test
    void sourceThatChangesTheJournalIsRefused() {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);

        assertThatThrownBy(() -> JdbcTaskStore.create(set(config)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(
                        " needs journal_mode wal, synchronous 2 (FULL) or 3 (EXTRA) and locking_mode normal,"
                                + " and has delete, 2 and normal: leave these to the library");
    }

    @Test
    void sourceThatBeginsTransactionsByItselfIsGivenBackAsItWas() throws Exception {
        var config = SqliteDatabases.pool(SqliteDatabases.url(directory.resolve("manual")), 1, Duration.ofSeconds(5));
        config.setAutoCommit(false);
        try (var pool = new HikariDataSource(config);
                var store = JdbcTaskStore.create(pool)) {
            store.submit(alone(task("a")));
            var runner = runner(store);
            assertThat(runner.claim(1)).hasSize(1);
            runner.close();
            try (var connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isFalse();
            }
            assertThat(store.find(Scope.ALL, id("a"))).isPresent();
        }
    }

    /** Connections by a copy of SQLite that another class loader has loaded. */
    private record Elsewhere(Driver driver, String url) implements DataSource {

        static Elsewhere of(ClassLoader loader, String url) throws ReflectiveOperationException {
            var driver = (Driver)
                    loader.loadClass("org.sqlite.JDBC").getConstructor().newInstance();
            return new Elsewhere(driver, url);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return driver.connect(url, new Properties());
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException();
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }

    @Test
    void secondCopyOfSqliteInTheProcessIsKeptFromTheFile() throws Exception {
        database.store().submit(alone(task("a")));
        List<URL> jars = List.of(
                SQLiteDataSource.class.getProtectionDomain().getCodeSource().getLocation(),
                org.slf4j.Logger.class.getProtectionDomain().getCodeSource().getLocation());
        var url = SqliteDatabases.url(file());
        try (var loader = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            var elsewhere = Elsewhere.of(loader, url);
            assertThatThrownBy(() -> JdbcTaskStore.create(elsewhere))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(
                            " is open in this process by another copy of SQLite, of another class loader");

            database.close();
            try (var store = JdbcTaskStore.builder(elsewhere)
                    .tablePrefix(database.prefix())
                    .build()) {
                assertThat(store.find(Scope.ALL, id("a"))).isPresent();
                assertThatThrownBy(() -> store(url))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("another copy of SQLite");
            }
        }
    }

    @Test
    @Tag("heavy")
    void processWhoseChildLivesOnIsDead() throws Exception {
        var url = SqliteDatabases.url(directory.resolve("parent"));
        ProcessHandle orphan;
        try (var parent = SqliteChild.start(SqliteChild.Part.HAVE_A_CHILD, url)) {
            orphan = ProcessHandle.of(Long.parseLong(parent.line())).orElseThrow();
        }
        try (var store = store(url)) {
            assertThat(orphan.isAlive()).isTrue();
            var runner = runner(store);
            assertThat(runner.reap().resumed()).containsExactly(id("held"));
            runner.close();
        } finally {
            orphan.destroyForcibly();
        }
    }
}
