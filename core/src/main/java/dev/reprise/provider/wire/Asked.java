package dev.reprise.provider.wire;

import dev.reprise.display.CleanText;
import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Sent;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.provider.ProviderReply.Failed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been asked in the call whose answer is read.
 *
 * @param sent what went into the body
 * @param carry what the task brought along from its previous call
 * @param droppable the parameters that the call can be made again without
 */
public record Asked(Sent sent, Carry carry, List<Droppable> droppable) {

    /** What is kept of the text of an answer that is too large. */
    private static final int MAX_KEPT = 1_000_000;

    /** Copies the list. */
    public Asked {
        droppable = List.copyOf(droppable);
    }

    /**
     * A parameter that a call can be made again without when the provider refuses it by name.
     *
     * @param name its name on the wire
     * @param replacement the name to send it under instead, or null to leave it out
     */
    public record Droppable(String name, @Nullable String replacement) {}

    /** What went over the wire. */
    public Exchange exchange(@Nullable String requestId, Usage usage) {
        return new Exchange(requestId, usage, sent);
    }

    /** The reply to a call that never got an answer. */
    public Failed unanswered(Cut cut) {
        return new Failed(GenerationFailure.of(cut.kind(), cut.message()), null, exchange(null, Usage.NONE));
    }

    /** The reply to an answer that was cut off, or is none of the protocol's; with what had arrived of it. */
    public Failed broken(Cut cut, int status, @Nullable String text, Exchange exchange) {
        var failure = GenerationFailure.builder(cut.kind(), cut.message())
                .status(status)
                .requestId(exchange.requestId());
        boolean tooLarge = cut.kind() == FailureKind.TOO_LARGE;
        if (tooLarge) {
            failure.blame(Blame.PROVIDER); // who answered so much
        }
        return failed(failure.build(), tooLarge && text != null ? CleanText.cut(text, MAX_KEPT) : text, exchange);
    }

    /**
     * The reply to an answer in which the model, or a filter, declined. The category is its code: what an app decides
     * by.
     */
    public Failed refused(String code, String message, int status, @Nullable String text, Exchange exchange) {
        var failure = GenerationFailure.builder(FailureKind.REFUSED, message)
                .status(status)
                .code(code)
                .requestId(exchange.requestId())
                .build();
        return failed(failure, text, exchange);
    }

    /** The reply of a failure; no text counts as none. */
    public Failed failed(GenerationFailure failure, @Nullable String text, Exchange exchange) {
        return new Failed(failure, text == null || text.isEmpty() ? null : text, exchange);
    }
}
