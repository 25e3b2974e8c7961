package dev.reprise.storage.jdbc.h2;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.H2Databases;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.store.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one H2 file, whose host is killed. */
@Tag("heavy")
@Timeout(180)
class H2SharedFileTest {

    private static final Duration PROMISED = Duration.ofSeconds(6);
    private static final Duration LONGER_THAN_ANYBODY_WAITS = Duration.ofSeconds(7);
    private static final int ROUNDS = 4;

    @TempDir
    Path directory;

    private final List<H2Writer> children = new ArrayList<>();
    private String url;

    @BeforeEach
    void name() {
        url = H2Databases.url(directory.resolve("db")) + ";AUTO_SERVER=TRUE";
    }

    @AfterEach
    void killAll() {
        children.forEach(H2Writer::kill);
    }

    private H2Writer start() throws IOException {
        var writer = H2Writer.start(url);
        children.add(writer);
        return writer;
    }

    private void assertAllIsThere() throws SQLException {
        try (var keptOpen = source().getConnection();
                var store = JdbcTaskStore.create(source())) {
            assertThat(keptOpen.isValid(1)).isTrue();
            for (var child : children) {
                assertThat(child.stored())
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(store.find(Scope.ALL, id(line.text())))
                                .as(line.text())
                                .isPresent());
            }
        }
    }

    private JdbcDataSource source() {
        var source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    /** How a host ends. */
    @FunctionalInterface
    private interface End {
        void of(H2Writer host) throws Exception;
    }

    /** The two that are left, and one that is started at once, need the file anew at the same time. */
    @Test
    void othersOfAKilledHostAndOneThatIsStartedAtOnceGoOnWithinSixSeconds() throws Exception {
        assertOthersGoOn("was killed", H2Writer::kill);
    }

    /** What a host does when its process is asked to end: its server stops first, and the file is closed in the end. */
    @Test
    void othersOfAHostThatClosesTheFileInPeaceGoOnAsWell() throws Exception {
        assertOthersGoOn("was asked to end", H2Writer::end);
    }

    private void assertOthersGoOn(String how, End end) throws Exception {
        var living = new ArrayList<>(List.of(start(), start(), start()));
        for (int round = 1; round <= ROUNDS; round++) {
            long now = System.currentTimeMillis();
            living.forEach(one -> one.awaitStored(now));
            var host = living.stream().filter(H2Writer::isHost).findFirst().orElseThrow();

            end.of(host);
            long ended = System.currentTimeMillis();
            living.remove(host);
            living.add(start());
            living.forEach(one -> one.awaitStored(ended));

            var took = living.stream().map(one -> one.tookAfter(ended)).toList();
            System.out.println("two processes beside a host that " + how + ", and a third, stored again after " + took);
            assertThat(took).allSatisfy(one -> assertThat(one).isLessThan(PROMISED));
        }
        children.forEach(H2Writer::kill);
        assertAllIsThere();
    }

    @Test
    void restartedProcessGoesOnWithinSixSeconds() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            var child = start();
            child.awaitStored(0);
            child.kill();

            long start = System.nanoTime();
            try (var store = JdbcTaskStore.create(source())) {
                var runner = runner(store);
                assertThat(runner.claim(1)).hasSize(1);
                var took = Duration.ofNanos(System.nanoTime() - start);
                System.out.println("claimed in a shared file whose host was killed " + took.toMillis() + " ms after");
                assertThat(took).isLessThan(PROMISED);
                runner.close();
            }
        }
    }

    /** Longer than anything is waited for: the host is silent, and not gone. */
    @Test
    void hostThatIsFrozenForAWhileRemainsTheHost() throws Exception {
        var host = start();
        host.awaitStored(0);
        var guest = start();
        guest.awaitStored(0);
        var key = H2Note.read(directory.resolve("db.lock.db")).key();

        host.signal("STOP");
        var late = start();
        await().during(LONGER_THAN_ANYBODY_WAITS)
                .atMost(LONGER_THAN_ANYBODY_WAITS.multipliedBy(2))
                .until(() -> H2Note.read(directory.resolve("db.lock.db")).key().equals(key));
        long thawed = System.currentTimeMillis();
        host.signal("CONT");

        for (var one : List.of(host, guest, late)) {
            one.awaitStored(thawed);
            assertThat(Duration.ofMillis(one.storedAfter(thawed) - thawed)).isLessThan(PROMISED);
        }
        assertThat(H2Note.read(directory.resolve("db.lock.db")).key()).isEqualTo(key);
        children.forEach(H2Writer::kill);
        assertAllIsThere();
    }

    /** As if somebody had cleaned up by hand: the file's own lock is the last line of defence. */
    @Test
    void hostWhoseNoteIsRemovedAgainAndAgainThoughItLivesKeepsTheFile() throws Exception {
        var host = start();
        host.awaitStored(0);
        var others = 0;
        var refused = 0;

        for (int i = 0; others == 0 || refused == 0; i++) {
            assertThat(i).isLessThan(1_000);
            if (refused == 0) {
                Files.deleteIfExists(directory.resolve("db.lock.db"));
            }
            try (var store = JdbcTaskStore.create(source())) {
                store.submit(alone(task("other" + others)));
                others++;
            } catch (StoreException e) {
                assertThat(e.passing()).as(e.getMessage()).isTrue();
                refused++;
            }
        }

        host.awaitStored(System.currentTimeMillis());
        host.kill();
        try (var store = JdbcTaskStore.create(source())) {
            for (int i = 0; i < others; i++) {
                assertThat(store.find(Scope.ALL, id("other" + i))).isPresent();
            }
        }
        assertAllIsThere();
    }
}
