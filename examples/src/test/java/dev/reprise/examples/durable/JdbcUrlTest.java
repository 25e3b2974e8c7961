package dev.reprise.examples.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.examples.command.UsageException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:./tasks, jdbc:h2:./tasks;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
        "jdbc:h2:./tasks;AUTO_SERVER=TRUE, jdbc:h2:./tasks;AUTO_SERVER=TRUE;WRITE_DELAY=0",
        "jdbc:h2:./tasks;db_close_on_exit=TRUE;WRITE_DELAY=9, jdbc:h2:./tasks;db_close_on_exit=TRUE;WRITE_DELAY=9",
        "jdbc:h2:tcp://host/tasks, jdbc:h2:tcp://host/tasks",
        "jdbc:postgresql://host/db, jdbc:postgresql://host/db",
        "jdbc:mariadb://host/db, jdbc:mariadb://host/db"
    })
    void h2UrlSaysThatTheDatabaseOutlivesTheSignalToEnd(String given, String completed) {
        assertThat(JdbcUrl.completed(given)).isEqualTo(completed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:oracle:thin:me/secret@host", "tasks", ""})
    void unknownUrlIsAnErrorThatNamesTheSupportedAndNotTheUrl(String url) {
        assertThatThrownBy(() -> JdbcUrl.completed(url))
                .isInstanceOf(UsageException.class)
                .hasMessage("--jdbc must begin with jdbc:postgresql:, jdbc:mariadb: or jdbc:h2:");
    }

    @Test
    void databaseThatDoesNotExistIsNotCreatedByLookingForIt(@TempDir Path folder) {
        var url = JdbcUrl.completed("jdbc:h2:" + folder.resolve("typo"));

        assertThatThrownBy(() -> JdbcUrl.checkExists(url))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "--jdbc names an H2 database that does not exist: there is no " + folder.resolve("typo.mv.db"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void databaseThatExistsIsFound(@TempDir Path folder) {
        var url = "jdbc:h2:" + folder.resolve("tasks");
        Database.open(url, null, null).close();

        JdbcUrl.checkExists(JdbcUrl.completed(url));
    }
}
