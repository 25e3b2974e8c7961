package dev.reprise.storage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.h2.H2Dialect;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a piece of work whose connection breaks. */
class TransactionsTest {

    private final UninterruptedThreads aside = new UninterruptedThreads(false);

    @AfterEach
    void close() {
        aside.close();
    }

    private Transactions over(Connections connections) {
        var statements = new Statements(
                new Names(null, "reprise_"),
                H2Dialect.inMemory(),
                StoreClock.bound(InstantSource.system()),
                PausePoint.Hook.NONE);
        return new Transactions(connections, statements, aside, WriteTurn.NOT_NEEDED);
    }

    private static Connections breaking(AtomicInteger asked) {
        return () -> {
            if (asked.getAndIncrement() == 0) {
                throw new SQLException("Connection is broken", "90067", 90067);
            }
            return DriverManager.getConnection("jdbc:h2:mem:", "sa", "");
        };
    }

    private static boolean autoCommit(Tx tx) throws SQLException {
        return tx.connection().getAutoCommit();
    }

    @Test
    void brokenConnectionIsLeftToTheCallerWhetherItReadsOrWrites() {
        var asked = new AtomicInteger();
        assertThatThrownBy(() -> over(breaking(asked)).single("read", TransactionsTest::autoCommit))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.passing()).isTrue())
                .hasMessage("read: Connection is broken");
        assertThat(asked).hasValue(1);

        asked.set(0);
        assertThatThrownBy(() -> over(breaking(asked)).write("write", TransactionsTest::autoCommit))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.passing()).isTrue());
        assertThat(asked).hasValue(1);
    }

    @Test
    void autoCommitIsOnForAReadAndOffForAWrite() {
        var healthy = over(() -> DriverManager.getConnection("jdbc:h2:mem:", "sa", ""));

        assertThat(healthy.single("read", TransactionsTest::autoCommit)).isTrue();
        assertThat(healthy.write("write", TransactionsTest::autoCommit)).isFalse();
    }

    @Test
    void whyNothingCanBeWrittenIsKnownUntilItCan() {
        var blocked = new AtomicInteger(1);
        var transactions = over(() -> DriverManager.getConnection("jdbc:h2:mem:", "sa", ""));
        Transactions.Work<Boolean> work = tx -> {
            if (blocked.getAndDecrement() > 0) {
                throw new WriterBlockedException("somebody has been writing", null);
            }
            return true;
        };

        assertThatThrownBy(() -> transactions.write("write", work))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.passing()).isTrue())
                .hasMessage("write: somebody has been writing");
        assertThat(transactions.blocked()).isEqualTo("somebody has been writing");

        assertThat(transactions.write("write", work)).isTrue();
        assertThat(transactions.blocked()).isNull();
    }
}
