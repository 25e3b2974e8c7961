package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proof that a process is dead which had opened a file. */
class HostLocksTest {

    @TempDir
    Path directory;

    private HostLocks locks;

    @BeforeEach
    void create() {
        locks = new HostLocks(directory.resolve("db").toString());
    }

    private Path file(String key) {
        return directory.resolve("db.host-" + key + ".lock");
    }

    @Test
    void whoHoldsItsLockIsAliveForItselfAndForOthers() throws Exception {
        locks.take("1a");

        assertThat(locks.isAlive("1a")).isTrue();
        assertThat(locks.isDead("1a")).isFalse();
        assertThat(WriteTurnTest.TakesTheTurn.inAnotherProcess(file("1a"))).isEqualTo("taken");
        locks.release("1a");
    }

    @Test
    void lockThatNobodyHoldsProvesADeath() throws Exception {
        Files.createFile(file("1a"));

        assertThat(locks.isDead("1a")).isTrue();
        assertThat(locks.isAlive("1a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "", "../1a", "UPPER"})
    void ofWhomThereIsNoLockNothingIsKnown(String key) {
        assertThat(locks.isDead(key)).isFalse();
        assertThat(locks.isAlive(key)).isFalse();
    }

    @Test
    void takingItTwiceInOneProcessIsTakingItOnce() throws Exception {
        locks.take("1a");
        new HostLocks(directory.resolve("db").toString()).take("1a");

        assertThat(WriteTurnTest.TakesTheTurn.inAnotherProcess(file("1a"))).isEqualTo("taken");
        locks.release("1a");
        assertThat(file("1a")).doesNotExist();
    }

    @Test
    void whoOpensTheFileSweepsTheLocksOfTheDeadAndNoOthers() throws Exception {
        locks.take("1a");
        Files.createFile(file("2b"));
        Files.createFile(directory.resolve("other.host-3c.lock"));

        locks.take("4d");

        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("db.host-1a.lock", "db.host-4d.lock", "other.host-3c.lock");
        }
        locks.release("1a");
        locks.release("4d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../1a", "UPPER"})
    void keyThatIsNoneOfH2sMakesNoFile(String key) {
        locks.take(key);

        assertThat(directory).isEmptyDirectory();
    }
}
