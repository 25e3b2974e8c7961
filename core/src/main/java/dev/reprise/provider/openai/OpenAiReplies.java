package dev.reprise.provider.openai;

import dev.reprise.failure.FailureKind;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.ProviderReply;
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
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Makes a reply of what came back: the body first, the status only where the body says nothing. */
final class OpenAiReplies {

    private final OpenAiErrors errors;
    private final Rejections rejections;
    private final Redactor redactor;

    OpenAiReplies(OpenAiErrors errors, Rejections rejections, Redactor redactor) {
        this.errors = errors;
        this.rejections = rejections;
        this.redactor = redactor;
    }

    /**
     * The reply.
     *
     * @param stream what the answer's chunks have been put together to, should it be a stream
     * @param text takes the text of an answer that is none
     */
    ProviderReply read(Answer answer, OpenAiStream stream, Asked asked, Consumer<String> text) {
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
        var completion = new Completion(body == null ? JsonObject.EMPTY : body);
        var usage = body == null ? Usage.NONE : completion.usage();
        var exchange = asked.exchange(requestId(answer.headers(), body), usage);
        if (!HttpKinds.success(answer.status()) || (body != null && OpenAiErrors.isError(body))) {
            return error(answer, completion.text(), exchange, asked);
        }
        if (!completion.hasChoice()) {
            return asked.broken(
                    answer.cut() != null ? answer.cut() : noCompletion(answer.body()), answer.status(), null, exchange);
        }
        if (!completion.text().isEmpty()) {
            text.accept(completion.text());
        }
        return complete(completion, answer.status(), exchange, asked);
    }

    private static Cut noCompletion(byte[] body) {
        return new Cut(
                FailureKind.UNPARSEABLE,
                body.length == 0
                        ? "the answer is empty"
                        : "the answer is not a completion with a choice (" + body.length + " bytes)");
    }

    private ProviderReply error(Answer.Whole answer, String text, Exchange exchange, Asked asked) {
        var detail = errors.read(answer.status(), answer.headers(), answer.body());
        var failure = detail.failure(answer.status(), answer.headers(), exchange.requestId(), redactor);
        return rejections
                .again(answer.status(), detail, failure, asked, exchange)
                .<ProviderReply>map(again -> again)
                .orElseGet(() -> asked.failed(failure, text, exchange));
    }

    private ProviderReply streamed(Answer.Streamed answer, OpenAiStream stream, Asked asked) {
        var completion = stream.completion();
        var error = stream.error();
        var exchange = asked.exchange(requestId(answer.headers(), error), completion.usage());
        if (error != null) {
            var failure = errors.read(answer.status(), answer.headers(), error)
                    .failure(answer.status(), answer.headers(), exchange.requestId(), redactor);
            return asked.failed(failure, completion.text(), exchange);
        }
        if (stream.whole()) {
            return complete(completion, answer.status(), exchange, asked);
        }
        var cut = answer.cut() != null ? answer.cut() : Cut.EARLY_END;
        return asked.broken(stream.garbled() ? Cut.GARBLED : cut, answer.status(), completion.text(), exchange);
    }

    private ProviderReply complete(Completion completion, int status, Exchange exchange, Asked asked) {
        var reason = completion.stopReason();
        var refusal = completion.refusal();
        if (reason == StopReason.REFUSAL || refusal != null) {
            var raw = completion.rawStopReason();
            var code = reason == StopReason.REFUSAL && raw != null ? raw : "refusal";
            var behind = completion.nativeStopReason();
            var message = "the model declined (" + code + (behind == null ? "" : ", " + behind) + ")"
                    + (refusal == null ? "" : ": " + refusal);
            var text = completion.text().isEmpty() ? refusal : completion.text();
            return asked.refused(code, redactor.clean(message), status, text, exchange);
        }
        return new Completed(completion.text(), reason, completion.rawStopReason(), exchange);
    }

    private @Nullable String requestId(Headers headers, @Nullable JsonObject body) {
        return Stream.of(
                        headers.get("x-request-id"),
                        headers.get("x-generation-id"),
                        headers.get("request-id"),
                        body == null ? null : body.string("request_id"))
                .filter(id -> id != null && !id.isBlank())
                .findFirst()
                .map(redactor::clean)
                .orElse(null);
    }
}
