package dev.reprise.storage.jdbc;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.StoreException;
import dev.reprise.store.Scope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file holds what it has acknowledged, and a version of H2 that would not find it again is refused. */
class H2VersionTest {

    private static final int ROUNDS = 40;

    @TempDir
    Path directory;

    private static DataSource source(String url) {
        var source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    /**
     * A copy of the file is what a kill would leave at that moment. Where nothing is retained, H2 uses the space of old
     * parts at once, and not after 45 seconds.
     */
    @Test
    void copyOfAFileHasAllThatWasAcknowledged() throws Exception {
        var url = H2Databases.url(directory.resolve("live")) + ";RETENTION_TIME=0";
        List<String> lost = new ArrayList<>();
        try (var keptOpen = source(url).getConnection();
                var store = JdbcTaskStore.create(source(url))) {
            assertThat(keptOpen.isValid(1)).isTrue();
            for (int i = 0; i < ROUNDS; i++) {
                store.submit(alone(task("t" + i)));

                var copy = directory.resolve("copy" + i);
                Files.copy(directory.resolve("live.mv.db"), Path.of(copy + ".mv.db"));
                try (var opened = JdbcTaskStore.create(source(H2Databases.url(copy)))) {
                    if (opened.find(Scope.ALL, id("t" + i)).isEmpty()) {
                        lost.add("t" + i);
                    }
                }
            }
        }
        assertThat(lost).isEmpty();
    }

    /** As H2 is without any care: a version that finds everything need not be refused any more. */
    @Test
    void versionIsRefusedBecauseItForgetsAndForNothingElse() throws Exception {
        int lost = 0;
        var file = directory.resolve("bare");
        try (var connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + file + ";RETENTION_TIME=0;WRITE_DELAY=0", "sa", "");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE counter (n INT)");
            statement.execute("INSERT INTO counter VALUES (0)");
            for (int i = 1; i <= ROUNDS; i++) {
                statement.execute("UPDATE counter SET n = " + i);

                var copy = directory.resolve("bare" + i);
                Files.copy(Path.of(file + ".mv.db"), Path.of(copy + ".mv.db"));
                lost += counted(copy) < i ? 1 : 0;
            }
        }

        assertThat(lost > 0).as("%d of %d commits lost", lost, ROUNDS).isEqualTo(H2Databases.FORGETFUL);
    }

    private static int counted(Path copy) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + copy, "sa", "");
                var statement = connection.createStatement();
                var results = statement.executeQuery("SELECT n FROM counter")) {
            results.next();
            return results.getInt(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2.5.250 (2026-06-01), 2.4.240 (2025-09-22), 2.5.250 (2026-06-01)",
        "2.4.240 (2025-09-22), 2.5.252 (2026-09-23), 2.5.252 (2026-09-23)",
        "3.0.1 (2028-01-01), 3.0.1 (2028-01-01), 3.0.1 (2028-01-01)"
    })
    void versionThatForgetsIsRefusedOnAFile(String host, String driver, String named) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("file"), "sa", "")) {
            assertThatThrownBy(() -> Dialects.of(posing(connection, host, driver)))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("H2 " + named + " loses commits that it has acknowledged when the process that has the"
                            + " file open is killed: use H2 2.4.240 or older, or add ;REUSE_SPACE=FALSE to the URL in"
                            + " every process, with which the file grows until SHUTDOWN COMPACT");
        }
    }

    @Test
    void itIsTakenWhereItFindsEverythingAtTheEndOfTheFile() throws Exception {
        var url = "jdbc:h2:file:" + directory.resolve("file") + ";REUSE_SPACE=FALSE";
        try (var connection = DriverManager.getConnection(url, "sa", "")) {
            assertThatCode(() -> Dialects.of(posing(connection, "2.5.252", "2.5.252")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void itIsTakenInMemoryWhereAKillLeavesNothing() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:h2:mem:", "sa", "")) {
            assertThatCode(() -> Dialects.of(posing(connection, "2.5.252", "2.5.252")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void serverThatForgetsIsRefusedWhateverVersionItsClientsHave() throws Exception {
        var server = Server.createTcpServer("-tcpPort", "0", "-baseDir", directory.toString(), "-ifNotExists");
        server.start();
        var url = "jdbc:h2:tcp://localhost:" + server.getPort();
        try (var inFile = DriverManager.getConnection(url + "/./served", "sa", "");
                var inMemory = DriverManager.getConnection(url + "/mem:served", "sa", "")) {
            assertThatThrownBy(() -> Dialects.of(posing(inFile, "2.5.252", "2.4.240")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("H2 2.5.252 loses commits");
            assertThat(Dialects.of(posing(inFile, "2.4.240", "2.5.252")).fileLocks())
                    .isNull();
            assertThat(Dialects.of(posing(inMemory, "2.5.252", "2.5.252")).fileLocks())
                    .isNull();
        } finally {
            server.stop();
        }
    }

    /** A real connection that says it is of another version. */
    private static Connection posing(Connection real, String host, String driver) throws Exception {
        var about = real.getMetaData();
        var posing = over(
                DatabaseMetaData.class, about, Map.of("getDatabaseProductVersion", host, "getDriverVersion", driver));
        return over(Connection.class, real, Map.of("getMetaData", posing));
    }

    private static <T> T over(Class<T> type, T real, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                H2VersionTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    var answer = answers.get(method.getName());
                    try {
                        return answer == null ? method.invoke(real, arguments) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
