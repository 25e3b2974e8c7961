package dev.reprise.storage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.StoreException;
import org.junit.jupiter.api.Test;

/** Work that is done on threads of the store's own. */
class UninterruptedThreadsTest {

    @Test
    void whatIsAskedAfterTheStoreWasClosedFailsForGood() {
        var aside = new UninterruptedThreads(true);
        assertThat(aside.call(() -> "done")).isEqualTo("done");
        aside.close();

        assertThatThrownBy(() -> aside.call(() -> "done"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.passing()).isFalse())
                .hasMessageContaining("the store is closed");
    }
}
