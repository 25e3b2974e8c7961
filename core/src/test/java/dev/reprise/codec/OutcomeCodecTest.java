package dev.reprise.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.GenerationResult;
import dev.reprise.generation.Media;
import dev.reprise.generation.Sent;
import dev.reprise.generation.StopReason;
import dev.reprise.store.Payload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results, failures and attempts as stored bytes come back as they were. */
class OutcomeCodecTest {

    private static final Sent SENT =
            new Sent("some-model", Map.of("temperature", "0.9", "max_tokens", "4096"), "Take another angle.");
    private static final GenerationFailure FAILURE = GenerationFailure.builder(
                    FailureKind.RATE_LIMITED, "slow \u0000 down")
            .blame(Blame.OPERATOR)
            .retryable(false)
            .status(429)
            .code("rate_limit_error")
            .requestId("req_1")
            .retryAfter(Duration.ofMillis(1_500))
            .reference("gen-1/2")
            .build();

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void resultComesBack(StopReason reason) {
        var result = new GenerationResult(
                "```\nraw \ud83d\ude00\n```", "raw", Map.of("fps", "30"), reason, "raw_word", "req_1", SENT);

        assertThat(OutcomeCodec.result(OutcomeCodec.encode(result))).isEqualTo(result);
    }

    @Test
    void resultWithoutTheOptionalComesBack() {
        var result = new GenerationResult(
                "text", "text", Map.of(), StopReason.END, null, null, new Sent("some-model", Map.of(), null));

        assertThat(OutcomeCodec.result(OutcomeCodec.encode(result))).isEqualTo(result);
    }

    @Test
    void mediaComeBackInOrder() {
        var kept = new Media(URI.create("https://media.example/a?sig=x"), Instant.ofEpochMilli(5), null, "image/png");
        var inline = new Media(null, null, new byte[] {0, -1, 7}, null);
        var result = new GenerationResult("", "", Map.of(), StopReason.END, null, null, SENT, List.of(kept, inline));

        assertThat(OutcomeCodec.result(OutcomeCodec.encode(result))).isEqualTo(result);
    }

    @Test
    void whatIsNotThereIsNotWritten() {
        var sent = new Sent("some-model", Map.of(), null);
        var result = new GenerationResult("text", "text", Map.of(), StopReason.END, null, null, sent);

        assertThat(text(OutcomeCodec.encode(result)))
                .isEqualTo("{\"result\":{\"rawText\":\"text\",\"metadata\":{},\"stopReason\":\"END\","
                        + "\"sent\":{\"model\":\"some-model\",\"parameters\":{}}}}");
        assertThat(text(OutcomeCodec.encode(new Attempt.Exchange(null, null, null, null))))
                .isEqualTo("{}");
    }

    private static String text(Payload payload) {
        return new String(payload.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void emptyOutputOfAProcessorComesBackEmpty() {
        var result = new GenerationResult("text", "", Map.of(), StopReason.END, null, null, SENT);

        assertThat(OutcomeCodec.result(OutcomeCodec.encode(result))).isEqualTo(result);
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void failureComesBack(FailureKind kind) {
        var plain = GenerationFailure.of(kind, "what happened");

        assertThat(OutcomeCodec.failure(OutcomeCodec.encode(plain))).isEqualTo(plain);
    }

    @Test
    void failureWithEverythingSetComesBack() {
        assertThat(OutcomeCodec.failure(OutcomeCodec.encode(FAILURE))).isEqualTo(FAILURE);
        assertThat(OutcomeCodec.failure(
                        OutcomeCodec.encode(FAILURE.toBuilder().retryable(true).build())))
                .extracting(GenerationFailure::retryable)
                .isEqualTo(true);
    }

    @Test
    void attemptComesBack() {
        var full = new Attempt.Exchange("req_1", SENT, "partial text", FAILURE);

        assertThat(OutcomeCodec.exchange(OutcomeCodec.encode(full))).isEqualTo(full);
        assertThat(OutcomeCodec.exchange(OutcomeCodec.encode(Attempt.Exchange.NONE)))
                .isEqualTo(Attempt.Exchange.NONE);
    }

    @Test
    void resultIsNoFailureAndTheOtherWayRound() {
        var result = new GenerationResult("text", "text", Map.of(), StopReason.END, null, null, SENT);

        assertThat(OutcomeCodec.failure(OutcomeCodec.encode(result))).isNull();
        assertThat(OutcomeCodec.result(OutcomeCodec.encode(FAILURE))).isNull();
    }

    @Test
    void absurdRetryAfterCanBeStored() {
        var absurd = FAILURE.toBuilder()
                .retryAfter(Duration.ofSeconds(Long.MAX_VALUE))
                .build();

        var read = OutcomeCodec.failure(OutcomeCodec.encode(absurd));

        assertThat(read).isNotNull();
        assertThat(read.retryAfter()).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void unknownNamesOfALaterVersionAreRead() {
        var failure = OutcomeCodec.failure(
                payload(
                        "{\"failure\":{\"kind\":\"SOMETHING_NEW\",\"blame\":\"NOBODY\",\"retryable\":true,\"message\":\"m\"}}"));
        var result = OutcomeCodec.result(payload("{\"result\":{\"rawText\":\"t\",\"stopReason\":\"BORED\"}}"));

        assertThat(failure)
                .isEqualTo(GenerationFailure.builder(FailureKind.UNKNOWN, "m")
                        .retryable(true)
                        .build());
        assertThat(result).isNotNull();
        assertThat(result.stopReason()).isEqualTo(StopReason.OTHER);
        assertThat(result.output()).isEqualTo("t");
    }

    @Test
    void unknownBlameIsTheKindsOwn() {
        var failure = OutcomeCodec.failure(payload("{\"failure\":{\"kind\":\"AUTH\",\"blame\":\"NOBODY\"}}"));

        assertThat(failure).isNotNull();
        assertThat(failure.blame()).isEqualTo(Blame.OPERATOR);
        assertThat(failure.message()).isEmpty();
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(OutcomeCodec.exchange(payload("{\"later\":[1],\"text\":\"t\",\"sent\":7}")))
                .isEqualTo(new Attempt.Exchange(null, null, "t", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "[]", "{\"result\":"})
    void garbageIsRefused(String text) {
        assertThatThrownBy(() -> OutcomeCodec.result(payload(text))).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> OutcomeCodec.failure(payload(text))).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> OutcomeCodec.exchange(payload(text))).isInstanceOf(RuntimeException.class);
    }

    private static Payload payload(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
