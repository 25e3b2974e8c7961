package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.StoreException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The app's transactions on an SQLite file, during which nobody else can write. */
class SqliteCallersTransactionTest extends CallersTransactionContract {
    @Override
    TestDatabase createDatabase() {
        return SqliteDatabases.emptied();
    }

    @Override
    void assertCancelIsRefused(ThrowingCallable cancel, String reason) {
        assertThatThrownBy(cancel)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a transaction of the application that is still open");
    }
}
