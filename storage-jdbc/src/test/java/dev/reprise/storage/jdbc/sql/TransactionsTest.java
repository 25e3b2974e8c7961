package dev.reprise.storage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.h2.H2Dialect;
import java.sql.Connection;
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

    /** Connections of which the first ones are broken. */
    private record Breaking(boolean reconnects, AtomicInteger broken) implements Connections {

        @Override
        public Connection borrow() throws SQLException {
            if (broken.getAndDecrement() > 0) {
                throw new SQLException("Connection is broken", "90067", 90067);
            }
            return DriverManager.getConnection("jdbc:h2:mem:", "sa", "");
        }
    }

    private Transactions over(boolean reconnects, int broken) {
        var statements = new Statements(
                new Names(null, "reprise_"),
                H2Dialect.withoutFile(),
                StoreClock.bound(InstantSource.system()),
                PausePoint.Hook.NONE);
        return new Transactions(
                new Breaking(reconnects, new AtomicInteger(broken)), statements, aside, WriteTurn.NOT_NEEDED);
    }

    private static boolean autoCommit(Tx tx) throws SQLException {
        return tx.connection().getAutoCommit();
    }

    @Test
    void readIsDoneAgainWhereTheDriverWouldHaveDoneSo() {
        assertThat(over(true, 2).single("read", TransactionsTest::autoCommit)).isFalse();
        assertThatThrownBy(() -> over(true, 3).single("read", TransactionsTest::autoCommit))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.passing()).isTrue())
                .hasMessage("read: Connection is broken");
    }

    @Test
    void readIsLeftToTheCallerElsewhere() {
        assertThat(over(false, 0).single("read", TransactionsTest::autoCommit)).isTrue();
        assertThatThrownBy(() -> over(false, 1).single("read", TransactionsTest::autoCommit))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void whatWritesIsNeverDoneAgainAfterABrokenConnection() {
        assertThatThrownBy(() -> over(true, 1).write("write", TransactionsTest::autoCommit))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.passing()).isTrue());
    }
}
