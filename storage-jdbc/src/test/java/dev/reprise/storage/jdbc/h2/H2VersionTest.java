package dev.reprise.storage.jdbc.h2;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.storage.jdbc.H2Databases;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.store.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file holds what it has acknowledged, where H2 is a version, or has a setting, that finds it again. */
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
}
