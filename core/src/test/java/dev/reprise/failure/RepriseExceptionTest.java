package dev.reprise.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the exceptions say and tell apart. */
class RepriseExceptionTest {

    @Test
    void invalidRequestNamesFieldExpectationAndValue() {
        var exception = new InvalidRequestException("count", 5, "must be 1 to 4");

        assertThat(exception).hasMessage("count must be 1 to 4: 5");
        assertThat(exception.field()).isEqualTo("count");
        assertThat(exception.value()).isEqualTo("5");
    }

    @Test
    void invalidRequestShowsAValueOf120CharactersWhole() {
        assertThat(new InvalidRequestException("label", "x".repeat(120), "must be short").value())
                .isEqualTo("x".repeat(120));
    }

    @Test
    void invalidRequestCutsALongerValue() {
        var exception = new InvalidRequestException("label", "x".repeat(121), "must be short");

        assertThat(exception.value()).isEqualTo("x".repeat(120) + "... (121 characters)");
        assertThat(exception).hasMessage("label must be short: " + "x".repeat(120) + "... (121 characters)");
    }

    @Test
    void invalidRequestDoesNotCutACharacterInHalf() {
        var text = "x".repeat(119) + "\uD83D\uDE00" + "y";

        assertThat(new InvalidRequestException("label", text, "must be short").value())
                .isEqualTo("x".repeat(119) + "... (122 characters)");
    }

    @Test
    void notFoundNamesWhatWasAskedFor() {
        var exception = new NotFoundException("generation", "abc");

        assertThat(exception).hasMessage("generation not found: abc");
        assertThat(exception.id()).isEqualTo("abc");
    }

    @Test
    void notCommittedSaysWhatToLookAt() {
        var exception = new NotCommittedException("batch", "abc");

        assertThat(exception)
                .hasMessage("batch abc is not in the store: the transaction it was submitted in has not been committed,"
                        + " or was rolled back");
        assertThat(exception.id()).isEqualTo("abc");
    }

    @Test
    void failedGenerationCarriesItsFailure() {
        var failure = GenerationFailure.of(FailureKind.REFUSED, "the model declined");
        var exception = new GenerationFailedException("gen-1", failure);

        assertThat(exception).hasMessage("generation gen-1 failed: REFUSED/CONTENT: the model declined");
        assertThat(exception.generationId()).isEqualTo("gen-1");
        assertThat(exception.failure()).isSameAs(failure);
    }

    @Test
    void waitingThatEndedEarlySaysForWhat() {
        assertThat(new AwaitTimeoutException("generation abc", Duration.ofSeconds(3)))
                .hasMessage("generation abc is not done after PT3S");
        var cause = new InterruptedException();
        assertThat(new AwaitInterruptedException("generation abc", cause))
                .hasMessage("interrupted while waiting for generation abc")
                .hasCause(cause);
        assertThat(new ClientClosedException("generate")).hasMessage("the client is closed: generate");
    }

    @Test
    void storeFaultsArePassingOrLasting() {
        var cause = new IOException("gone");

        assertThat(StoreException.passing("claiming", cause).passing()).isTrue();
        assertThat(StoreException.lasting("claiming", cause).passing()).isFalse();
        assertThat(StoreException.misconfigured("no such table").passing()).isFalse();
        assertThat(StoreException.passing("claiming", cause))
                .hasMessage("claiming")
                .hasCause(cause);
    }

    @Test
    void allShareOneRoot() {
        assertThat(List.of(
                        new InvalidRequestException("a", "b", "c"),
                        new NotFoundException("a", "b"),
                        new ClientClosedException("a"),
                        StoreException.misconfigured("a")))
                .allSatisfy(exception -> assertThat(exception)
                        .isInstanceOf(RepriseException.class)
                        .isInstanceOf(RuntimeException.class));
    }
}
