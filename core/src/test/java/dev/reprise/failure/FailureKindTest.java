package dev.reprise.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind has a usual blame and is usually worth another attempt or not: the table of the design. */
class FailureKindTest {

    private static final Set<String> DESCRIBED = Set.of(
            "RATE_LIMITED",
            "OVERLOADED",
            "SERVER",
            "TIMEOUT",
            "NETWORK",
            "QUOTA",
            "AUTH",
            "INVALID_REQUEST",
            "TOO_LARGE",
            "REFUSED",
            "TRUNCATED",
            "UNPARSEABLE",
            "PROCESSOR",
            "CANCELLED",
            "DEADLINE",
            "CRASHED",
            "UNSTORABLE",
            "UNKNOWN");

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED, PROVIDER, true",
        "OVERLOADED, PROVIDER, true",
        "SERVER, PROVIDER, true",
        "TIMEOUT, PROVIDER, true",
        "NETWORK, PROVIDER, true",
        "QUOTA, OPERATOR, false",
        "AUTH, OPERATOR, false",
        "INVALID_REQUEST, CALLER, false",
        "TOO_LARGE, CALLER, false",
        "REFUSED, CONTENT, false",
        "TRUNCATED, CALLER, false",
        "UNPARSEABLE, PROVIDER, true",
        "PROCESSOR, OPERATOR, false",
        "CANCELLED, CALLER, false",
        "DEADLINE, CALLER, false",
        "CRASHED, OPERATOR, false",
        "UNSTORABLE, OPERATOR, false",
        "UNKNOWN, PROVIDER, false"
    })
    void kindSaysWhoIsToBlameAndWhetherToTryAgain(FailureKind kind, Blame blame, boolean retryable) {
        assertThat(kind.blame()).isEqualTo(blame);
        assertThat(kind.retryable()).isEqualTo(retryable);

        var failure = GenerationFailure.of(kind, "what happened");
        assertThat(failure.blame()).isEqualTo(blame);
        assertThat(failure.retryable()).isEqualTo(retryable);
    }

    @Test
    void noKindIsMissingFromTheTable() {
        assertThat(Arrays.stream(FailureKind.values()).map(Enum::name).collect(Collectors.toSet()))
                .isEqualTo(DESCRIBED);
    }
}
