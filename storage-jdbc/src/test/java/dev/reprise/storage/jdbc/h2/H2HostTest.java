package dev.reprise.storage.jdbc.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.storage.jdbc.H2Databases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the process that has opened an H2 file for all is alive, by the note beside the file. */
@Timeout(60)
class H2HostTest {

    private static final String KEY = "0a1b";

    @TempDir
    Path directory;

    private H2Host host;
    private Path note;

    @BeforeEach
    void create() {
        host = new H2Host(directory.resolve("db").toString());
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

    /** As H2 does for as long as it has the file open: it looks whether its note was changed, and writes it again. */
    private CompletableFuture<Void> lookAfterNote(Duration howLong) throws IOException {
        var written = Files.getLastModifiedTime(note);
        return lookAfterNote(howLong, () -> written);
    }

    /** As if it had been marked just after it was written, which its process takes for the time of its writing. */
    private CompletableFuture<Void> lookAfterNoteDeceived(Duration howLong) throws IOException {
        var written = Files.getLastModifiedTime(note);
        return lookAfterNote(howLong, () -> {
            var marked = written;
            while (marked.equals(written)) {
                marked = Files.getLastModifiedTime(note);
            }
            return marked;
        });
    }

    private CompletableFuture<Void> lookAfterNote(Duration howLong, Callable<FileTime> begin) throws IOException {
        var text = Files.readString(note);
        long end = System.nanoTime() + howLong.toNanos();
        return CompletableFuture.runAsync(() -> {
            try {
                var last = begin.call();
                while (System.nanoTime() < end) {
                    if (!Files.getLastModifiedTime(note).equals(last)) {
                        note(text);
                        last = Files.getLastModifiedTime(note);
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
                }
                Files.delete(note);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    @Test
    void noteOfADeadHostIsRemoved() throws Exception {
        noteServer(deadPort());

        assertThat(host.isThere()).isFalse();
        host.forgetTheDead();

        assertThat(note).doesNotExist();
    }

    @Test
    void hostThatClosesTheFileInPeaceIsWaitedFor() throws Exception {
        noteServer(deadPort());
        assertWaitedFor(lookAfterNote(Duration.ofSeconds(4)));
    }

    @Test
    void markThatTheHostHasTakenForItsOwnTimeDeceivesNobody() throws Exception {
        noteServer(deadPort());
        assertWaitedFor(lookAfterNoteDeceived(Duration.ofSeconds(4)));
    }

    /** @param closing removes the note in the end, and fails when somebody else has done so */
    private void assertWaitedFor(CompletableFuture<Void> closing) {
        host.forgetTheDead();

        assertThat(note).doesNotExist();
        closing.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void noteThatIsLookedAfterForLongIsKept() throws Exception {
        noteServer(deadPort());
        var closing = lookAfterNote(Duration.ofSeconds(9));

        host.forgetTheDead();

        assertThat(note).exists();
        closing.join();
    }

    @Test
    void hostThatListensAndSaysNothingMayBeAlive() throws Exception {
        try (var frozen = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            noteServer(frozen.getLocalPort());

            host.forgetTheDead();

            assertThat(host.isThere()).isTrue();
            assertThat(note).exists();
        }
    }

    @Test
    void hostThatHangsUpWithoutAWordIsNotThereAndNotGone() throws Exception {
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
        note("method=file\nid=" + KEY + "\nserver=" + address + "\n");

        host.forgetTheDead();

        assertThat(host.isThere()).isTrue();
        assertThat(note).exists();
    }

    @Test
    void noteThatCannotBeReadIsLeftToH2() throws Exception {
        note("method=\\u12");

        host.forgetTheDead();

        assertThat(host.isThere()).isFalse();
        assertThat(note).exists();
    }

    @Test
    void fileThatIsLockedInAnotherWayIsLeftToH2() throws Exception {
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
            assertThat(host.isShared(open)).isTrue();
            host.forgetTheDead();
            assertThat(note).exists();
        }
        assertThat(host.isThere()).isFalse();
    }

    @Test
    void whoHasTheFileOpenNeedNotAskItself() throws Exception {
        String text;
        try (var open = source(";AUTO_SERVER=TRUE").getConnection()) {
            host.meet(open);
            text = Files.readString(note).replaceFirst("server=.*", "server=localhost\\\\:" + deadPort());
        }

        note(text);
        assertThat(host.isThere()).as("as long as it is the same opening").isTrue();

        note(text.replaceFirst("id=.*", "id=" + KEY));
        assertThat(host.isThere()).isFalse();
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
            assertThat(host.isShared(open)).isFalse();
            assertThat(host.isThere()).isFalse();
        }
    }
}
