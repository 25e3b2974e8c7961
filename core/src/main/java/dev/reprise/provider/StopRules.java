package dev.reprise.provider;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;

/** What a stop reason makes of a complete answer, the same for all providers. */
public final class StopRules {

    private StopRules() {}

    /**
     * Turns an answer that is no success into the failure it is; its text is kept.
     *
     * <p>A proper end with text or media, and an unknown stop reason with them, are successes.
     */
    public static ProviderReply apply(Completed answer) {
        return switch (answer.stopReason()) {
            case END, STOP_SEQUENCE, OTHER ->
                answer.text().isBlank() && answer.media().isEmpty()
                        ? failed(answer, FailureKind.UNPARSEABLE, "the answer has no text")
                        : answer;
            case MAX_TOKENS -> failed(answer, FailureKind.TRUNCATED, "the answer ended at the cap on output tokens");
            case CONTEXT_WINDOW ->
                failed(answer, FailureKind.TRUNCATED, "the answer ended at the end of the context window");
            case REFUSAL -> failed(answer, FailureKind.REFUSED, "the model declined");
            case INTERRUPTED ->
                failed(answer, FailureKind.SERVER, "the provider broke off before the answer was whole");
            case PAUSE -> failed(answer, FailureKind.UNKNOWN, "the provider paused the turn and cannot go on");
            case TOOL_USE ->
                failed(answer, FailureKind.INVALID_REQUEST, "the model asked for a tool, and tools are not called");
        };
    }

    private static Failed failed(Completed answer, FailureKind kind, String message) {
        var raw = answer.rawStopReason();
        var failure = GenerationFailure.builder(kind, raw == null ? message : message + " (" + raw + ")")
                .requestId(answer.exchange().requestId())
                .code(raw)
                .build();
        return new Failed(failure, answer.text().isEmpty() ? null : answer.text(), answer.exchange());
    }
}
