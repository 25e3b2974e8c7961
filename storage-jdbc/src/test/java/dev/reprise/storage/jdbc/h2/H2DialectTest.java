package dev.reprise.storage.jdbc.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.storage.jdbc.sql.Fault;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What H2's errors mean. */
class H2DialectTest {

    private final H2Dialect dialect = H2Dialect.inMemory();

    private static SQLException general(String text) {
        return new SQLException("General error: \"" + text + "\"; SQL statement: ... [50000-240]", "HY000", 50000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"This map is closed [2.4.240/4]", "Transaction 1 has status CLOSED, not OPEN [2.4.240/103]"})
    void databaseThatIsBeingClosedIsAConnectionThatBreaks(String text) {
        assertThat(dialect.classify(general(text))).isEqualTo(Fault.CONNECTION);
        assertThat(dialect.classify(new BatchUpdateException(text, "HY000", 50000, new int[0])))
                .isEqualTo(Fault.CONNECTION);
    }

    @Test
    void otherErrorsInsideOfItLast() {
        assertThat(dialect.classify(general("Internal error [2.4.240/3]"))).isEqualTo(Fault.LASTING);
        assertThat(dialect.classify(new SQLException(null, "HY000", 50000))).isEqualTo(Fault.LASTING);
    }
}
