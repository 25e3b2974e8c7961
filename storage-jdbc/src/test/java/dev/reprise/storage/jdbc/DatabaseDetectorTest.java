package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.StoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that are not supported, and versions of H2 that would lose what they have acknowledged. */
class DatabaseDetectorTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "Oracle, 23.4, 23, no dialect for Oracle 23.4",
        "PostgreSQL, 13.9, 13, no dialect for PostgreSQL 13.9",
        "MySQL, 8.4.0, 8, no dialect for MySQL 8.4.0",
        "MariaDB, 10.6.12-MariaDB, 10, no dialect for MariaDB 10.6.12-MariaDB",
        "SQLite, 3.51.2, 3, no dialect for SQLite 3.51.2",
        "H2, 2.1.214 (2022-06-13), 2, no dialect for H2 2.1.214 (2022-06-13)"
    })
    void unknownDatabaseIsAnErrorThatNamesTheSupported(String product, String version, int major, String message) {
        InvocationHandler about = (proxy, method, arguments) -> switch (method.getName()) {
            case "getDatabaseProductName" -> product;
            case "getDatabaseProductVersion" -> version;
            case "getDatabaseMajorVersion" -> major;
            default -> throw new UnsupportedOperationException(method.getName());
        };
        var metaData = proxy(DatabaseMetaData.class, about);
        var connection = proxy(Connection.class, (proxy, method, arguments) -> metaData);

        assertThatThrownBy(() -> DatabaseDetector.of(connection))
                .isInstanceOf(StoreException.class)
                .hasMessage(message + ": PostgreSQL 14+, MariaDB 10.11+, SQLite 3.51.3+ and H2 2.2.224+ are supported");
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(DatabaseDetectorTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5.250 (2026-06-01)", "2.5.252 (2026-09-23)", "3.0.1 (2028-01-01)"})
    void versionThatForgetsIsRefusedOnAFile(String version) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("file"), "sa", "")) {
            assertThatThrownBy(() -> DatabaseDetector.of(posing(connection, version)))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "H2 " + version + " loses commits that it has acknowledged when the process that has the"
                                    + " file open is killed: use SQLite (jdbc:sqlite:./tasks.db), H2 2.4.240 or older, or add"
                                    + " ;REUSE_SPACE=FALSE to the URL, with which the file grows until SHUTDOWN COMPACT");
        }
    }

    @Test
    void itIsTakenWhereItFindsEverythingAtTheEndOfTheFile() throws Exception {
        var url = "jdbc:h2:file:" + directory.resolve("file") + ";REUSE_SPACE=FALSE";
        try (var connection = DriverManager.getConnection(url, "sa", "")) {
            assertThatCode(() -> DatabaseDetector.of(posing(connection, "2.5.252")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void itIsTakenInMemoryWhereAKillLeavesNothing() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:h2:mem:", "sa", "")) {
            assertThatCode(() -> DatabaseDetector.of(posing(connection, "2.5.252")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void serverIsRefusedWithTheNameOfWhatIsForSeveralProcesses() throws Exception {
        var server = Server.createTcpServer("-tcpPort", "0", "-baseDir", directory.toString(), "-ifNotExists");
        server.start();
        var url = "jdbc:h2:tcp://localhost:" + server.getPort();
        try (var inFile = DriverManager.getConnection(url + "/./served", "sa", "");
                var inMemory = DriverManager.getConnection(url + "/mem:served", "sa", "")) {
            for (var connection : List.of(inFile, inMemory)) {
                assertThatThrownBy(() -> DatabaseDetector.of(connection))
                        .isInstanceOf(StoreException.class)
                        .hasMessageStartingWith(
                                "an H2 database is for one process here, and another one has it open: for"
                                        + " several processes on one machine use an SQLite file (jdbc:sqlite:./tasks.db)");
            }
        } finally {
            server.stop();
        }
    }

    /** A real connection that says it is of another version. */
    private static Connection posing(Connection real, String version) throws Exception {
        var posing = over(DatabaseMetaData.class, real.getMetaData(), Map.of("getDatabaseProductVersion", version));
        return over(Connection.class, real, Map.of("getMetaData", posing));
    }

    private static <T> T over(Class<T> type, T real, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                DatabaseDetectorTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    var answer = answers.get(method.getName());
                    try {
                        return answer == null ? method.invoke(real, arguments) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
