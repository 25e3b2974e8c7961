package dev.reprise.provider.wire;

import dev.reprise.display.CleanText;
import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Sent;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.provider.ProviderReply.Failed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request whose answer is read.
 *
 * @param request what was asked for
 * @param sent what went into the body
 * @param handover what the task brought along from its previous call
 * @param optional the parameters that the call can be made again without
 */
public record SentRequest(
        GenerationRequest request, Sent sent, ProviderHandover handover, List<OptionalParameter> optional) {

    /** What is kept of the text of an answer that is too large. */
    private static final int MAX_KEPT = 1_000_000;

    /** Copies the list. */
    public SentRequest {
        optional = List.copyOf(optional);
    }

    /** What went over the wire. */
    Exchange exchange(@Nullable String requestId, Usage usage) {
        return new Exchange(requestId, usage, sent);
    }

    /** The reply to a call that never got an answer. */
    Failed unanswered(Interruption interruption) {
        return new Failed(
                GenerationFailure.of(interruption.kind(), interruption.message()), null, exchange(null, Usage.NONE));
    }

    /** The reply to an answer that was interrupted, or is none of the protocol's; with what had arrived of it. */
    Failed broken(Interruption interruption, int status, @Nullable String text, Exchange exchange) {
        var failure = GenerationFailure.builder(interruption.kind(), interruption.message())
                .status(status)
                .requestId(exchange.requestId());
        boolean tooLarge = interruption.kind() == FailureKind.TOO_LARGE;
        if (tooLarge) {
            failure.blame(Blame.PROVIDER); // who answered so much
        }
        return failed(failure.build(), tooLarge && text != null ? CleanText.cut(text, MAX_KEPT) : text, exchange);
    }

    /**
     * The reply to an answer in which the model, or a filter, declined. The category is its code: what an app decides
     * by.
     */
    Failed refused(String code, String message, int status, @Nullable String text, Exchange exchange) {
        var failure = GenerationFailure.builder(FailureKind.REFUSED, message)
                .status(status)
                .code(code)
                .requestId(exchange.requestId())
                .build();
        return failed(failure, text, exchange);
    }

    /** The reply of a failure; no text counts as none. */
    Failed failed(GenerationFailure failure, @Nullable String text, Exchange exchange) {
        return new Failed(failure, text == null || text.isEmpty() ? null : text, exchange);
    }
}
