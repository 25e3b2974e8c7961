package dev.reprise.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import org.junit.jupiter.api.Test;

class OwnerTest {

    @Test
    void halfACharacterIsRefusedBecauseItWouldBeStoredAsAnotherOwners() {
        assertThat(Owner.of("\uD83D\uDE00").value()).isEqualTo("\uD83D\uDE00");
        assertThatThrownBy(() -> Owner.of("me\uD83D"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("owner must be text with whole surrogate pairs: ");
    }
}
