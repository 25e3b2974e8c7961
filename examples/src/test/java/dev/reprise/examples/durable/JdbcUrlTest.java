package dev.reprise.examples.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.examples.command.UsageException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://host/db", "jdbc:mariadb://host/db", "jdbc:sqlite:./tasks.db"})
    void urlOfASupportedDatabaseIsTaken(String url) {
        assertThatCode(() -> JdbcUrl.checkKnown(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:oracle:thin:me/secret@host", "jdbc:h2:./tasks", "tasks", ""})
    void unknownUrlIsAnErrorThatNamesTheSupportedAndNotTheUrl(String url) {
        assertThatThrownBy(() -> JdbcUrl.checkKnown(url))
                .isInstanceOf(UsageException.class)
                .hasMessage("--jdbc must begin with jdbc:postgresql:, jdbc:mariadb: or jdbc:sqlite:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite:%s", "jdbc:sqlite:file:%s", "jdbc:sqlite:%s?cache=private"})
    void databaseThatDoesNotExistIsNotCreatedByLookingForIt(String url, @TempDir Path folder) {
        var file = folder.resolve("typo.db");

        assertThatThrownBy(() -> JdbcUrl.checkExists(url.formatted(file)))
                .isInstanceOf(UsageException.class)
                .hasMessage("--jdbc names an SQLite file that does not exist: there is no " + file);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void databaseIsMadeWithItsFolderAndFound(@TempDir Path folder) {
        var url = "jdbc:sqlite:" + folder.resolve("data").resolve("tasks.db");
        Database.open(url, null, null).close();

        assertThatCode(() -> JdbcUrl.checkExists(url)).doesNotThrowAnyException();
    }
}
