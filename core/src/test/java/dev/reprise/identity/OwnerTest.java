package dev.reprise.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OwnerTest {

    @Test
    void halfACharacterIsRefusedBecauseItWouldBeStoredAsAnotherOwners() {
        assertThat(Owner.of("\uD83D\uDE00").value()).isEqualTo("\uD83D\uDE00");
        assertThatThrownBy(() -> Owner.of("me\uD83D"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("owner must be text with whole surrogate pairs: ");
    }

    @Test
    void idsHoldNoU0000AndNoHalvesOfCharacters() {
        for (ThrowingCallable id : List.<ThrowingCallable>of(
                () -> Owner.of("a\0"),
                () -> new BatchId("a\0"),
                () -> new GenerationId("a\0"),
                () -> new RunnerId("a\0"))) {
            assertThatThrownBy(id)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageEndingWith(" must be text without U+0000: U+0000 at 1");
        }
        assertThatThrownBy(() -> new GenerationId("\ud83d"))
                .hasMessage("generationId must be text with whole surrogate pairs: half a character at 0");
    }
}
