package dev.reprise.provider.anthropic;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.wire.Answer;
import dev.reprise.provider.wire.BodyText;
import dev.reprise.provider.wire.Cut;
import dev.reprise.provider.wire.ErrorDetail;
import dev.reprise.provider.wire.HttpKinds;
import dev.reprise.provider.wire.ProfileBook;
import dev.reprise.provider.wire.Redactor;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Makes a reply of what came back: the body first, the status only where the body says nothing. */
final class AnthropicReplies {

    private static final int BAD_REQUEST = 400;
    private static final Pattern TEMPERATURE = Pattern.compile("\\btemperature\\b", Pattern.CASE_INSENSITIVE);

    private final ProfileBook profiles;
    private final Redactor redactor;

    AnthropicReplies(ProfileBook profiles, Redactor redactor) {
        this.profiles = profiles;
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
        var cut = ((Answer.None) answer).cut();
        return new Failed(GenerationFailure.of(cut.kind(), cut.message()), null, asked.exchange(null, Usage.NONE));
    }

    private ProviderReply whole(Answer.Whole answer, Asked asked, Consumer<String> text) {
        var body = BodyText.json(answer.body());
        var requestId = requestId(answer.headers(), body);
        if (!HttpKinds.success(answer.status()) || (body != null && AnthropicErrors.isError(body))) {
            return error(answer, body, asked.exchange(requestId, body == null ? Usage.NONE : Turn.usage(body)), asked);
        }
        var turn = new Turn(body == null ? JsonObject.EMPTY : body);
        if (body == null || body.get("content") == null) {
            return failed(broken(answer.cut(), answer.body()), answer.status(), requestId, turn, asked);
        }
        if (!turn.text().isEmpty()) {
            text.accept(turn.text());
        }
        return complete(turn, answer.status(), requestId, asked);
    }

    private static Cut broken(@Nullable Cut cut, byte[] body) {
        if (cut != null) {
            return cut;
        }
        return new Cut(
                FailureKind.UNPARSEABLE,
                body.length == 0 ? "the answer is empty" : "the answer is not a message (" + body.length + " bytes)");
    }

    private ProviderReply streamed(Answer.Streamed answer, AnthropicStream stream, Asked asked) {
        var turn = stream.turn();
        var error = stream.error();
        var requestId = requestId(answer.headers(), error);
        if (error != null) {
            var failure = AnthropicErrors.read(answer.status(), error)
                    .failure(answer.status(), answer.headers(), requestId, redactor);
            return new Failed(failure, partial(turn, asked), asked.exchange(requestId, turn.usage()));
        }
        if (stream.whole()) {
            return complete(turn, answer.status(), requestId, asked);
        }
        var cut = answer.cut();
        if (stream.garbled()) {
            cut = new Cut(FailureKind.UNPARSEABLE, "an event of the stream is not JSON");
        } else if (cut == null) {
            cut = new Cut(FailureKind.NETWORK, "the stream ended before its end");
        }
        return failed(cut, answer.status(), requestId, turn, asked);
    }

    private ProviderReply error(
            Answer.Whole answer, @Nullable JsonObject body, ProviderReply.Exchange exchange, Asked asked) {
        ErrorDetail detail = AnthropicErrors.read(answer.status(), answer.body());
        var failure = detail.failure(answer.status(), answer.headers(), exchange.requestId(), redactor);
        boolean badRequest = answer.status() == BAD_REQUEST && body != null;
        if (badRequest
                && asked.droppable()
                && TEMPERATURE.matcher(detail.message()).find()) {
            profiles.refusesTemperature(exchange.sent().model());
            var carry = asked.carry().without(AnthropicBody.TEMPERATURE).encode();
            return new Again(Again.Cause.PARAMETER_REJECTED, carry, failure, exchange);
        }
        return new Failed(failure, null, exchange);
    }

    private ProviderReply complete(Turn turn, int status, @Nullable String requestId, Asked asked) {
        var exchange = asked.exchange(requestId, turn.usage());
        var text = Turn.text(asked.carry().blocks()) + turn.text();
        var reason = turn.stopReason();
        if (reason == StopReason.PAUSE) {
            var failure = GenerationFailure.builder(
                            FailureKind.UNKNOWN, "the provider paused the turn too often (pause_turn)")
                    .status(status)
                    .code(turn.rawStopReason())
                    .requestId(requestId)
                    .build();
            return new Again(
                    Again.Cause.PAUSED, asked.carry().paused(turn.content()).encode(), failure, exchange);
        }
        if (reason == StopReason.REFUSAL) {
            return new Failed(refusal(turn, status, requestId), text.isEmpty() ? null : text, exchange);
        }
        return new Completed(text, reason, turn.rawStopReason(), exchange);
    }

    /** A refusal's category is its code: what the app decides by. */
    private GenerationFailure refusal(Turn turn, int status, @Nullable String requestId) {
        var category = turn.stopDetails().string("category");
        var explanation = turn.stopDetails().string("explanation");
        var message = "the model declined (" + (category == null ? "no category" : category) + ")"
                + (explanation == null ? "" : ": " + explanation);
        return GenerationFailure.builder(FailureKind.REFUSED, redactor.clean(message))
                .status(status)
                .code(category == null ? turn.rawStopReason() : category)
                .requestId(requestId)
                .build();
    }

    private static Failed failed(Cut cut, int status, @Nullable String requestId, Turn turn, Asked asked) {
        var failure = GenerationFailure.builder(cut.kind(), cut.message())
                .status(status)
                .requestId(requestId)
                .build();
        return new Failed(failure, partial(turn, asked), asked.exchange(requestId, turn.usage()));
    }

    private static @Nullable String partial(Turn turn, Asked asked) {
        var text = Turn.text(asked.carry().blocks()) + turn.text();
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String requestId(Headers headers, @Nullable JsonObject body) {
        var header = headers.get("request-id");
        return header != null || body == null ? header : body.string("request_id");
    }
}
