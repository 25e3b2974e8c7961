package dev.reprise.provider.anthropic;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.provider.wire.Answer;
import dev.reprise.provider.wire.Asked;
import dev.reprise.provider.wire.BodyText;
import dev.reprise.provider.wire.Cut;
import dev.reprise.provider.wire.HttpKinds;
import dev.reprise.provider.wire.Redactor;
import dev.reprise.provider.wire.Rejections;
import java.util.function.Consumer;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Makes a reply of what came back: the body first, the status only where the body says nothing. */
final class AnthropicReplies {

    private final Rejections rejections;
    private final Redactor redactor;

    AnthropicReplies(Rejections rejections, Redactor redactor) {
        this.rejections = rejections;
        this.redactor = redactor;
    }

    /**
     * The reply.
     *
     * @param stream what the answer's events have been put together to, should it be a stream
     * @param text takes the text of an answer that is none
     */
    ProviderReply read(Answer answer, AnthropicStream stream, Asked asked, Consumer<String> text) {
        if (answer instanceof Answer.Whole whole) {
            return whole(whole, asked, text);
        }
        if (answer instanceof Answer.Streamed streamed) {
            return streamed(streamed, stream, asked);
        }
        return asked.unanswered(((Answer.None) answer).cut());
    }

    private ProviderReply whole(Answer.Whole answer, Asked asked, Consumer<String> text) {
        var body = BodyText.json(answer.body());
        var turn = new Turn(body == null ? JsonObject.EMPTY : body);
        var exchange = asked.exchange(requestId(answer.headers(), body), body == null ? Usage.NONE : turn.usage());
        if (!HttpKinds.success(answer.status()) || (body != null && AnthropicErrors.isError(body))) {
            return error(answer, exchange, asked);
        }
        if (body == null || body.get("content") == null) {
            return asked.broken(
                    answer.cut() != null ? answer.cut() : notAMessage(answer.body()), answer.status(), null, exchange);
        }
        if (!turn.text().isEmpty()) {
            text.accept(turn.text());
        }
        return complete(turn, answer.status(), exchange, asked);
    }

    private static Cut notAMessage(byte[] body) {
        return new Cut(
                FailureKind.UNPARSEABLE,
                body.length == 0 ? "the answer is empty" : "the answer is not a message (" + body.length + " bytes)");
    }

    private ProviderReply error(Answer.Whole answer, Exchange exchange, Asked asked) {
        var detail = AnthropicErrors.read(answer.status(), answer.body());
        var failure = detail.failure(answer.status(), answer.headers(), exchange.requestId(), redactor);
        return rejections
                .again(answer.status(), detail, failure, asked, exchange)
                .<ProviderReply>map(again -> again)
                .orElseGet(() -> asked.failed(failure, null, exchange));
    }

    private ProviderReply streamed(Answer.Streamed answer, AnthropicStream stream, Asked asked) {
        var turn = stream.turn();
        var error = stream.error();
        var exchange = asked.exchange(requestId(answer.headers(), error), turn.usage());
        if (error != null) {
            var failure = AnthropicErrors.read(answer.status(), error)
                    .failure(answer.status(), answer.headers(), exchange.requestId(), redactor);
            return asked.failed(failure, text(turn, asked), exchange);
        }
        if (stream.whole()) {
            return complete(turn, answer.status(), exchange, asked);
        }
        var cut = answer.cut() != null ? answer.cut() : Cut.EARLY_END;
        return asked.broken(stream.garbled() ? Cut.GARBLED : cut, answer.status(), text(turn, asked), exchange);
    }

    private ProviderReply complete(Turn turn, int status, Exchange exchange, Asked asked) {
        var text = text(turn, asked);
        var reason = turn.stopReason();
        if (reason == StopReason.PAUSE) {
            var failure = GenerationFailure.builder(
                            FailureKind.UNKNOWN, "the provider paused the turn too often (pause_turn)")
                    .status(status)
                    .code(turn.rawStopReason())
                    .requestId(exchange.requestId())
                    .build();
            return new Again(
                    Again.Cause.PAUSED, asked.carry().paused(turn.content()).encode(), failure, exchange);
        }
        if (reason == StopReason.REFUSAL) {
            var category = turn.stopDetails().string("category");
            var explanation = turn.stopDetails().string("explanation");
            var message = "the model declined (" + (category == null ? "no category" : category) + ")"
                    + (explanation == null ? "" : ": " + explanation);
            return asked.refused(
                    category == null ? "refusal" : category, redactor.clean(message), status, text, exchange);
        }
        return new Completed(text, reason, turn.rawStopReason(), exchange);
    }

    /** The turn's text, with that of the same turn before it was paused. */
    private static String text(Turn turn, Asked asked) {
        return Turn.text(asked.carry().blocks()) + turn.text();
    }

    private @Nullable String requestId(Headers headers, @Nullable JsonObject body) {
        var header = headers.get("request-id");
        var id = header != null || body == null ? header : body.string("request_id");
        return id == null ? null : redactor.clean(id);
    }
}
