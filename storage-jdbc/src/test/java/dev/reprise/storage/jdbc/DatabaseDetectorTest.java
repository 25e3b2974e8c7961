package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Map;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                .hasMessage(message + ": PostgreSQL 14+, MariaDB 10.11+ and H2 2.2.224+ are supported");
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(DatabaseDetectorTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @ParameterizedTest
    @CsvSource({
        "2.5.250 (2026-06-01), 2.4.240 (2025-09-22), 2.5.250 (2026-06-01)",
        "2.4.240 (2025-09-22), 2.5.252 (2026-09-23), 2.5.252 (2026-09-23)",
        "3.0.1 (2028-01-01), 3.0.1 (2028-01-01), 3.0.1 (2028-01-01)"
    })
    void versionThatForgetsIsRefusedOnAFile(String host, String driver, String named) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("file"), "sa", "")) {
            assertThatThrownBy(() -> DatabaseDetector.of(posing(connection, host, driver)))
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
            assertThatCode(() -> DatabaseDetector.of(posing(connection, "2.5.252", "2.5.252")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void itIsTakenInMemoryWhereAKillLeavesNothing() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:h2:mem:", "sa", "")) {
            assertThatCode(() -> DatabaseDetector.of(posing(connection, "2.5.252", "2.5.252")))
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
            assertThatThrownBy(() -> DatabaseDetector.of(posing(inFile, "2.5.252", "2.4.240")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("H2 2.5.252 loses commits");
            assertThat(DatabaseDetector.of(posing(inFile, "2.4.240", "2.5.252")).file())
                    .isNull();
            assertThat(DatabaseDetector.of(posing(inMemory, "2.5.252", "2.5.252"))
                            .file())
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
