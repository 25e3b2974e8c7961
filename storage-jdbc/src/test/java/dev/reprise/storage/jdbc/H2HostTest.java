package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the process that has opened an H2 file for all is alive, by the note and the locks beside the file. */
@Timeout(60)
class H2HostTest {

    private static final String KEY = "0a1b";

    @TempDir
    Path directory;

    private H2Host host;
    private HostLocks locks;
    private Path note;

    @BeforeEach
    void create() {
        host = new H2Host(directory.resolve("db").toString());
        locks = new HostLocks(directory.resolve("db").toString());
        note = directory.resolve("db.lock.db");
    }

    /** A port that nobody listens at any more, as after a kill. */
    private static int deadPort() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }

    private void note(String text) {
        try {
            Files.writeString(note, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void noteServer(int port) {
        note("method=file\nid=" + KEY + "\nserver=localhost\\:" + port + "\n");
    }

    /** As a process leaves it behind that was killed. */
    private void leaveLock() throws IOException {
        Files.createFile(directory.resolve("db.host-" + KEY + ".lock"));
    }

    @Test
    void noteOfADeadHostIsRemoved() throws Exception {
        leaveLock();
        noteServer(deadPort());

        assertThat(host.isThere()).isFalse();
        host.forgetTheDead();

        assertThat(note).doesNotExist();
    }

    @Test
    void noteOfAHostOfWhichNothingElseIsKnownIsLeftToH2() throws Exception {
        noteServer(deadPort());

        assertThat(host.isThere()).isFalse();
        host.forgetTheDead();

        assertThat(note).exists();
    }

    @Test
    void hostThatClosesTheFileInPeaceIsWaitedFor() throws Exception {
        locks.take(KEY);
        noteServer(deadPort());
        var closed = CompletableFuture.runAsync(
                () -> {
                    try {
                        Files.delete(note);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

        host.forgetTheDead();

        assertThat(closed)
                .as("which fails when somebody else has removed the note")
                .isCompleted();
        closed.join();
        locks.release(KEY);
    }

    @Test
    void noteOfALivingHostThatTakesLongToCloseIsKept() throws Exception {
        locks.take(KEY);
        noteServer(deadPort());

        host.forgetTheDead();

        assertThat(note).exists();
        locks.release(KEY);
    }

    @Test
    void hostThatListensAndSaysNothingMayBeAlive() throws Exception {
        leaveLock();
        try (var frozen = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            noteServer(frozen.getLocalPort());

            host.forgetTheDead();

            assertThat(host.isThere()).isTrue();
            assertThat(note).exists();
        }
    }

    @Test
    void hostThatHangsUpWithoutAWordIsNotThereAndNotGone() throws Exception {
        leaveLock();
        try (var going = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var hangsUp = new Thread(() -> {
                try {
                    while (!going.isClosed()) {
                        var socket = going.accept();
                        socket.setSoLinger(true, 0);
                        socket.close();
                    }
                } catch (IOException e) {
                    // the test has ended
                }
            });
            hangsUp.start();
            noteServer(going.getLocalPort());

            assertThat(host.isThere()).isFalse();
            host.forgetTheDead();

            assertThat(note).exists();
        }
    }

    @Test
    void serverThatHasTakenThePortOfTheDeadIsNotTheHost() throws Exception {
        var other = Server.createTcpServer("-tcpPort", "0", "-key", "another", "db");
        other.start();
        try {
            noteServer(other.getPort());

            assertThat(H2Note.read(note).sign()).isEqualTo(H2Note.Sign.SILENT);
        } finally {
            other.stop();
        }
    }

    /** A documentation address (RFC 5737), unreachable from anywhere; and addresses that are none. */
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1\\:9", "localhost", "localhost\\:99999999999", "localhost\\:99999"})
    void hostThatMayBeAliveSomewhereIsLeftAlone(String address) throws Exception {
        leaveLock();
        note("method=file\nid=" + KEY + "\nserver=" + address + "\n");

        host.forgetTheDead();

        assertThat(host.isThere()).isTrue();
        assertThat(note).exists();
    }

    @Test
    void fileThatIsLockedInAnotherWayIsLeftToH2() throws Exception {
        leaveLock();
        note("method=socket\nid=" + KEY + "\nport=9\n");

        host.forgetTheDead();

        assertThat(note).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"method=file\nid=" + KEY + "\n", ""})
    void noteOfAProcessThatWasKilledWhileItOpenedTheFileIsRemoved(String text) throws Exception {
        note(text);

        assertThat(host.isThere()).isFalse();
        host.forgetTheDead();

        assertThat(note).doesNotExist();
    }

    @Test
    void withoutANoteThereIsNoHost() {
        host.forgetTheDead();

        assertThat(host.isThere()).isFalse();
    }

    private JdbcDataSource source(String settings) {
        var source = new JdbcDataSource();
        source.setURL(H2Databases.url(directory.resolve("db")) + settings);
        source.setUser("sa");
        return source;
    }

    @Test
    void realHostIsThereUntilItClosesTheFile() throws Exception {
        try (var open = source(";AUTO_SERVER=TRUE").getConnection()) {
            assertThat(open.isValid(1)).isTrue();
            assertThat(H2Note.read(note).sign()).isEqualTo(H2Note.Sign.ANSWERS);
            assertThat(host.isThere()).isTrue();
            assertThat(host.isShared()).isTrue();
            host.forgetTheDead();
            assertThat(note).exists();
        }
        assertThat(host.isThere()).isFalse();
    }

    @Test
    void processThatIsTheHostSaysSoUntilItOpensTheFileAnew() throws Exception {
        String before;
        try (var open = source(";AUTO_SERVER=TRUE").getConnection()) {
            assertThat(open.isValid(1)).isTrue();
            before = H2Note.read(note).key();
            assertThat(locks.isAlive(before)).isFalse();

            host.meet();

            assertThat(locks.isAlive(before)).isTrue();
        }
        try (var open = source(";AUTO_SERVER=TRUE").getConnection()) {
            assertThat(open.isValid(1)).isTrue();

            assertThat(host.isThere()).isTrue();

            assertThat(locks.isAlive(H2Note.read(note).key())).isTrue();
            assertThat(locks.isAlive(before)).isFalse();
        }
    }

    @Test
    void guestOfAnotherProcessDoesNotSayThatItIsTheHost() throws Exception {
        var child = H2Writer.start(source(";AUTO_SERVER=TRUE").getURL());
        try {
            child.awaitStored(0);
            String key = H2Note.read(note).key();
            assertThat(locks.isAlive(key)).as("the child says so").isTrue();

            host.meet();
            child.kill();

            assertThat(locks.isAlive(key)).isFalse();
            assertThat(locks.isDead(key)).isTrue();
        } finally {
            child.kill();
        }
    }

    @Test
    void realHostWhoseNoteWasWrittenOverIsWaitedFor() throws Exception {
        try (var open = source(";AUTO_SERVER=TRUE").getConnection()) {
            assertThat(open.isValid(1)).isTrue();
            note("method=file\nid=1\n");

            host.forgetTheDead();

            assertThat(note).exists();
            assertThat(host.isThere()).isTrue();
        }
    }

    @Test
    void fileThatIsNotSharedHasNoHost() throws Exception {
        try (var open = source("").getConnection()) {
            assertThat(open.isValid(1)).isTrue();
            assertThat(host.isShared()).isFalse();
            assertThat(host.isThere()).isFalse();
        }
    }
}
