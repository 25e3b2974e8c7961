package dev.reprise.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A failure as a value: what it shows to whom. */
class GenerationFailureTest {

    private static final GenerationFailure FULL = GenerationFailure.builder(FailureKind.RATE_LIMITED, "slow down")
            .blame(Blame.OPERATOR)
            .retryable(false)
            .status(429)
            .code("rate_limit_error")
            .requestId("req_011CSHoEeqs5C35K2UUqR7Fy")
            .retryAfter(Duration.ofSeconds(30))
            .reference("gen-1/2")
            .build();

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void userMessageShowsNoInternals(FailureKind kind) {
        var failure = GenerationFailure.builder(kind, "java.io.EOFException: \\n not found: limit=0 content=sk-ant-1")
                .status(529)
                .code("overloaded_error")
                .requestId("req_011")
                .reference("gen-1/2")
                .build();

        var shown = failure.userMessage();

        assertThat(shown).matches("[A-Z][A-Za-z ,.]{10,120}\\.");
        assertThat(shown).doesNotContain("Exception", "529", "overloaded_error", "req_011", "sk-ant-1", "_", "HTTP");
        Stream.of(FailureKind.values())
                .map(Enum::name)
                .filter(name -> name.contains("_") || name.equals("UNPARSEABLE"))
                .forEach(name -> assertThat(shown.toUpperCase(Locale.ROOT)).doesNotContain(name));
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void userMessageDoesNotDependOnTheProvidersText(FailureKind kind) {
        assertThat(GenerationFailure.of(kind, "one").userMessage())
                .isEqualTo(GenerationFailure.builder(kind, "two")
                        .status(400)
                        .code("three")
                        .build()
                        .userMessage());
    }

    @Test
    void longMessageIsCutAfter2000Characters() {
        assertThat(GenerationFailure.of(FailureKind.SERVER, "x".repeat(2_000)).message())
                .isEqualTo("x".repeat(2_000));
        assertThat(GenerationFailure.of(FailureKind.SERVER, "x".repeat(2_000) + "y")
                        .message())
                .isEqualTo("x".repeat(2_000));
    }

    @Test
    void cutLeavesNoHalfCharacterBehind() {
        var message = "x".repeat(1_999) + "\uD83D\uDE00 and more";

        assertThat(GenerationFailure.of(FailureKind.SERVER, message).message()).isEqualTo("x".repeat(1_999));
    }

    @Test
    void nothingButKindAndMessageIsNeeded() {
        var failure = GenerationFailure.of(FailureKind.NETWORK, "connection reset");

        assertThat(failure.status()).isNull();
        assertThat(failure.code()).isNull();
        assertThat(failure.requestId()).isNull();
        assertThat(failure.retryAfter()).isNull();
        assertThat(failure.reference()).isEmpty();
    }

    @Test
    void builderStartsFromAllOfItsValues() {
        assertThat(FULL.toBuilder().build()).isEqualTo(FULL).hasSameHashCodeAs(FULL);
    }

    @Test
    void everyFieldCountsInEquality() {
        assertThat(FULL).isNotEqualTo(FULL.toBuilder().blame(Blame.CALLER).build());
        assertThat(FULL).isNotEqualTo(FULL.toBuilder().retryable(true).build());
        assertThat(FULL).isNotEqualTo(FULL.toBuilder().status(null).build());
        assertThat(FULL).isNotEqualTo(FULL.toBuilder().code("other").build());
        assertThat(FULL).isNotEqualTo(FULL.toBuilder().requestId(null).build());
        assertThat(FULL).isNotEqualTo(FULL.toBuilder().retryAfter(null).build());
        assertThat(FULL).isNotEqualTo(FULL.toBuilder().reference("").build());
        assertThat(GenerationFailure.of(FailureKind.SERVER, "a"))
                .isNotEqualTo(GenerationFailure.of(FailureKind.SERVER, "b"))
                .isNotEqualTo(GenerationFailure.of(FailureKind.NETWORK, "a"))
                .isNotEqualTo("a");
    }

    @Test
    void negativeRetryAfterCountsAsZero() {
        var failure = FULL.toBuilder().retryAfter(Duration.ofSeconds(-3)).build();

        assertThat(failure.retryAfter()).isZero();
    }

    @Test
    void absurdRetryAfterCountsAsTenYears() {
        var failure =
                FULL.toBuilder().retryAfter(Duration.ofSeconds(Long.MAX_VALUE)).build();

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofDays(3_650));
    }

    @Test
    void textNamesKindBlameStatusCodeAndMessage() {
        assertThat(FULL).hasToString("RATE_LIMITED/OPERATOR 429 rate_limit_error: slow down");
        assertThat(GenerationFailure.of(FailureKind.NETWORK, "connection reset"))
                .hasToString("NETWORK/PROVIDER: connection reset");
    }
}
