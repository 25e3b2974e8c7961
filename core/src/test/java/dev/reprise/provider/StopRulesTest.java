package dev.reprise.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.Media;
import dev.reprise.generation.Sent;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a stop reason makes of a complete answer. */
class StopRulesTest {

    private static final ProviderReply.Exchange EXCHANGE =
            new ProviderReply.Exchange("req_1", Usage.of(10, 5), new Sent("some-model", Map.of(), null));

    @ParameterizedTest
    @CsvSource({"END, end_turn", "STOP_SEQUENCE, stop_sequence", "END, stop", "OTHER, some_new_word", "OTHER,"})
    void textThatEndedProperlyIsASuccess(StopReason reason, @Nullable String raw) {
        var answer = answer("text", reason, raw);

        assertThat(StopRules.apply(answer)).isSameAs(answer);
    }

    @Test
    void properEndWithMediaAloneIsASuccess() {
        var image = new Media(null, null, new byte[] {1}, "image/png");
        var answer = new ProviderReply.Completed("", StopReason.END, null, EXCHANGE, List.of(image));

        assertThat(StopRules.apply(answer)).isSameAs(answer);
    }

    @ParameterizedTest
    @CsvSource({"END, ''", "END, ' \n'", "STOP_SEQUENCE, ''", "OTHER, ''"})
    void properEndWithoutTextIsUnparseable(StopReason reason, String text) {
        var failure = failed(answer(text, reason, null)).failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.UNPARSEABLE);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.message()).isEqualTo("the answer has no text");
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_TOKENS, max_tokens, the answer ended at the cap on output tokens (max_tokens)",
        "MAX_TOKENS, length, the answer ended at the cap on output tokens (length)",
        "CONTEXT_WINDOW, model_context_window_exceeded, "
                + "the answer ended at the end of the context window (model_context_window_exceeded)"
    })
    void cutAnswerIsTruncatedAndNeverSentAgainUnchanged(StopReason reason, String raw, String message) {
        var failed = failed(answer("half of it", reason, raw));

        assertThat(failed.failure().kind()).isEqualTo(FailureKind.TRUNCATED);
        assertThat(failed.failure().blame()).isEqualTo(Blame.CALLER);
        assertThat(failed.failure().retryable()).isFalse();
        assertThat(failed.failure().message()).isEqualTo(message);
        assertThat(failed.text()).isEqualTo("half of it");
    }

    @ParameterizedTest
    @CsvSource({"refusal", "content_filter"})
    void refusalIsPermanentAndTheContentsFault(String raw) {
        var failed = failed(answer("I cannot", StopReason.REFUSAL, raw));

        assertThat(failed.failure().kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failed.failure().blame()).isEqualTo(Blame.CONTENT);
        assertThat(failed.failure().retryable()).isFalse();
        assertThat(failed.failure().message()).isEqualTo("the model declined (" + raw + ")");
        assertThat(failed.text()).isEqualTo("I cannot");
    }

    @ParameterizedTest
    @CsvSource({"tool_use", "tool_calls"})
    void callForAToolIsAClearFailure(String raw) {
        var failure = failed(answer("", StopReason.TOOL_USE, raw)).failure();

        assertThat(failure.retryable()).isFalse();
        assertThat(failure.message()).isEqualTo("the model asked for a tool, and tools are not called (" + raw + ")");
    }

    @Test
    void pauseThatNobodyGoesOnWithIsAFailure() {
        var failure = failed(answer("so far", StopReason.PAUSE, "pause_turn")).failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.message()).isEqualTo("the provider paused the turn and cannot go on (pause_turn)");
    }

    @ParameterizedTest
    @EnumSource(
            value = StopReason.class,
            names = {"MAX_TOKENS", "CONTEXT_WINDOW", "REFUSAL", "PAUSE", "TOOL_USE"})
    void failureKeepsWhatIsKnownOfTheAnswer(StopReason reason) {
        var failed = failed(answer("", reason, "raw_word"));

        assertThat(failed.exchange()).isEqualTo(EXCHANGE);
        assertThat(failed.text()).isNull();
        assertThat(failed.failure().requestId()).isEqualTo("req_1");
        assertThat(failed.failure().code()).isEqualTo("raw_word");
    }

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void everyStopReasonHasARule(StopReason reason) {
        assertThat(StopRules.apply(answer("text", reason, null))).isNotNull();
    }

    private static Failed failed(Completed answer) {
        return (Failed) StopRules.apply(answer);
    }

    private static Completed answer(String text, StopReason reason, @Nullable String raw) {
        return new Completed(text, reason, raw, EXCHANGE);
    }
}
