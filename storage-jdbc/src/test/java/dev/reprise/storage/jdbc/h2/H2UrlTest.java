package dev.reprise.storage.jdbc.h2;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a shared H2 file before it is opened. */
class H2UrlTest {

    @TempDir
    Path directory;

    private String path() throws Exception {
        return directory.toRealPath().resolve("db").toString();
    }

    @Test
    void sharedFileIsFoundInTheUrlOfADataSource() throws Exception {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:file:" + directory.resolve("db") + ";AUTO_SERVER=TRUE");
        try (var hikari = new HikariDataSource()) {
            hikari.setJdbcUrl("jdbc:h2:" + directory.resolve("db") + ";WRITE_DELAY=0;auto_server=true");

            assertThat(H2Url.sharedFile(h2)).isEqualTo(path());
            assertThat(H2Url.sharedFile(hikari)).isEqualTo(path());
            assertThat(hikari.getHikariPoolMXBean()).as("nothing is opened").isNull();
        }
    }

    @Test
    void sourceThatDoesNotSayItsUrlIsUsedAsItIs() {
        var pool = JdbcConnectionPool.create("jdbc:h2:" + directory.resolve("db") + ";AUTO_SERVER=TRUE", "sa", "");

        assertThat(H2Url.sharedFile(pool)).isNull();
        pool.dispose();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:%s;AUTO_SERVER=TRUE",
                "jdbc:h2:file:%s;WRITE_DELAY=0;auto_server=true;RETENTION_TIME=0",
                "jdbc:h2:%s/../db;AUTO_SERVER=TRUE"
            })
    void pathsAreTheOnesThatH2Makes(String form) throws Exception {
        var url = form.formatted(directory.resolve("db"));
        try (var connection =
                        DriverManager.getConnection(url.replace("auto_server=true", "AUTO_SERVER=TRUE"), "sa", "");
                var results = connection.createStatement().executeQuery("SELECT DATABASE_PATH()")) {
            results.next();
            assertThat(H2Url.sharedFile(url)).isEqualTo(results.getString(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "T", "yes", "Y", "1"})
    void h2TakesTheseForTrue(String word) throws Exception {
        var url = "jdbc:h2:" + directory.resolve("db") + ";AUTO_SERVER=" + word;
        try (var open = DriverManager.getConnection(url, "sa", "")) {
            assertThat(open.isValid(1)).isTrue();
            assertThat(directory.resolve("db.lock.db")).exists();
            assertThat(H2Url.sharedFile(url)).isEqualTo(path());
        }
    }

    @Test
    void homeDirectoryIsTheUsers() throws Exception {
        var home = Path.of(System.getProperty("user.home"));
        Assumptions.assumeTrue(Files.isDirectory(home));

        assertThat(H2Url.sharedFile("jdbc:h2:~/db;AUTO_SERVER=TRUE"))
                .isEqualTo(
                        home.toFile().getCanonicalFile().toPath().resolve("db").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:./db",
                "jdbc:h2:./db;AUTO_SERVER=FALSE",
                "jdbc:h2:./missing/db;AUTO_SERVER=TRUE",
                "jdbc:h2:./\0;AUTO_SERVER=TRUE",
                "jdbc:h2:mem:db",
                "jdbc:h2:mem:db;AUTO_SERVER=TRUE",
                "jdbc:h2:nio:/tmp/db;AUTO_SERVER=TRUE",
                "jdbc:h2:tcp://localhost/db;AUTO_SERVER=TRUE",
                "jdbc:h2:./db;AUTO_SERVER=TRUEST",
                "jdbc:postgresql://host/db",
                ""
            })
    void whatIsNoSharedFileIsLeftAlone(String url) {
        assertThat(H2Url.sharedFile(url)).isNull();
    }
}
