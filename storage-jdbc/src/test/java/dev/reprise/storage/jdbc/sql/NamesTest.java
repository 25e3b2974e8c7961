package dev.reprise.storage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tables may be called. */
class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"Upper_", "drop table;", "a-b", "much_longer_than_a_table_prefix_may_be_"})
    void prefixIsANamesBeginning(String prefix) {
        assertThatThrownBy(() -> new Names(null, prefix))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("must have at most 30 lower-case letters, digits and underscores");
    }
}
