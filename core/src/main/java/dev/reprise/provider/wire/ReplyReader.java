package dev.reprise.provider.wire;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.StopReason;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Exchange;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a reply of what came back, of all protocols: the body first, the status only where the body says nothing. */
final class ReplyReader {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyReader.class);
    private static final int MAX_TOLD = 100;

    private final String provider;
    private final String url;
    private final ErrorReader errors;
    private final ParameterRefusals refusals;
    private final Redactor redactor;
    /** What has been logged, each once. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    ReplyReader(String provider, String url, ErrorReader errors, ParameterRefusals refusals, Redactor redactor) {
        this.provider = provider;
        this.url = url;
        this.errors = errors;
        this.refusals = refusals;
        this.redactor = redactor;
    }

    /**
     * The reply.
     *
     * @param stream what the answer's events have been put together to, should it be a stream
     * @param readers makes a reader for an answer that is none
     * @param text takes the text of an answer that is none
     */
    ProviderReply read(
            Answer answer,
            AnswerReader stream,
            Function<Consumer<String>, AnswerReader> readers,
            SentRequest sent,
            Consumer<String> text) {
        if (answer instanceof Answer.Whole whole) {
            return whole(whole, readers, sent, text);
        }
        if (answer instanceof Answer.Streamed streamed) {
            return streamed(streamed, stream, sent);
        }
        return sent.unanswered(((Answer.None) answer).interruption());
    }

    private ProviderReply whole(
            Answer.Whole answer,
            Function<Consumer<String>, AnswerReader> readers,
            SentRequest sent,
            Consumer<String> text) {
        var body = BodyText.json(answer.body(), answer.headers());
        boolean success = HttpKinds.success(answer.status()) && (body == null || !StatedError.isIn(body));
        var reader = readers.apply(success ? text : piece -> {});
        if (body != null) {
            reader.whole(body);
        }
        var exchange = sent.exchange(requestId(answer.headers(), reader), reader.usage());
        if (!success) {
            var detail = errors.read(answer.status(), answer.headers(), answer.body());
            return error(detail, answer.status(), answer.headers(), reader, exchange, sent);
        }
        if (!reader.begun()) {
            var interruption = answer.interruption() != null ? answer.interruption() : noAnswer(answer, reader.noun());
            return sent.broken(interruption, answer.status(), null, exchange);
        }
        return complete(reader, answer.status(), exchange, sent);
    }

    private Interruption noAnswer(Answer.Whole answer, String noun) {
        var body = answer.body();
        return new Interruption(
                FailureKind.UNPARSEABLE,
                body.length == 0
                        ? "the answer is empty"
                        : "the answer is not " + noun + " (" + body.length + " bytes): "
                                + redactor.clean(BodyText.line(body, answer.headers()), ErrorDetail.MAX_FOREIGN));
    }

    private ProviderReply error(
            ErrorDetail detail, int status, Headers headers, AnswerReader reader, Exchange exchange, SentRequest sent) {
        var failure = detail.failure(status, headers, exchange.requestId(), url, redactor);
        var text = text(reader, sent);
        return text.isEmpty()
                ? refusals.again(detail, failure, sent, exchange)
                        .<ProviderReply>map(again -> again)
                        .orElseGet(() -> sent.failed(failure, null, exchange))
                : sent.failed(failure, text, exchange);
    }

    private ProviderReply streamed(Answer.Streamed answer, AnswerReader reader, SentRequest sent) {
        var exchange = sent.exchange(requestId(answer.headers(), reader), reader.usage());
        var error = reader.error();
        if (error != null) {
            var detail = errors.read(answer.status(), answer.headers(), error);
            return error(detail, answer.status(), answer.headers(), reader, exchange, sent);
        }
        if (reader.garbled() != null) {
            var words = redactor.clean(BodyText.line(reader.garbled()), ErrorDetail.MAX_FOREIGN);
            var garbled = new Interruption(FailureKind.UNPARSEABLE, "an event of the stream is not JSON").saying(words);
            return sent.broken(garbled, answer.status(), text(reader, sent), exchange);
        }
        if (reader.ended() || (answer.interruption() == null && reader.endsWithItsStream())) {
            return complete(reader, answer.status(), exchange, sent);
        }
        var stray =
                answer.stray() == null ? "" : redactor.clean(BodyText.line(answer.stray()), ErrorDetail.MAX_FOREIGN);
        var interruption = answer.interruption() != null ? answer.interruption() : Interruption.EARLY_END;
        return sent.broken(interruption.saying(stray), answer.status(), text(reader, sent), exchange);
    }

    private ProviderReply complete(AnswerReader reader, int status, Exchange exchange, SentRequest sent) {
        var text = text(reader, sent);
        var stop = reader.stop();
        if (stop.reason() == StopReason.PAUSE) {
            var failure = GenerationFailure.builder(
                            FailureKind.UNKNOWN, "the provider paused the turn too often (" + stop.word() + ")")
                    .status(status)
                    .code(stop.word())
                    .requestId(exchange.requestId())
                    .build();
            return new Again(
                    Again.Cause.PAUSED, sent.handover().paused(reader.blocks()).encode(), failure, exchange);
        }
        var refusal = reader.refusal();
        if (refusal != null) {
            var said = text.isEmpty() ? reader.content().refusal() : text;
            return sent.refused(refusal.code(), redactor.clean(refusal.message()), status, said, exchange);
        }
        if (text.isBlank() && !reader.content().passedOver().isEmpty()) {
            var unread = "the answer has no text that can be read, but " + passedOver(reader);
            return sent.broken(new Interruption(FailureKind.UNPARSEABLE, unread), status, null, exchange);
        }
        if (text.isBlank() && reader.content().hasThought() && !stop.bad()) {
            var thought = new Interruption(FailureKind.UNPARSEABLE, "the model has thought, and answered nothing");
            return sent.broken(thought, status, null, exchange);
        }
        tell(reader);
        return new Completed(text, stop.reason(), stop.word(), exchange);
    }

    private void tell(AnswerReader reader) {
        var stop = reader.stop();
        if (stop.reason() == StopReason.OTHER) {
            tellOnce(
                    stop.word() == null
                            ? "an answer ended without a reason"
                            : "stop reason " + redactor.clean(stop.word()) + " is not known");
        }
        if (!reader.content().passedOver().isEmpty()) {
            tellOnce("an answer holds what is not read: " + passedOver(reader));
        }
    }

    private void tellOnce(String what) {
        if (told.size() < MAX_TOLD && told.add(what)) {
            LOG.warn("{}: {}; its text is taken as it is", provider, what);
        }
    }

    private String passedOver(AnswerReader reader) {
        return redactor.clean(String.join(", ", reader.content().passedOver()));
    }

    /** The answer's text, with that of the same turn before it was paused. */
    private static String text(AnswerReader reader, SentRequest sent) {
        return sent.handover().text() + reader.content().text();
    }

    private @Nullable String requestId(Headers headers, AnswerReader reader) {
        return Stream.of("request-id", "x-request-id", "x-generation-id")
                .map(headers::get)
                .map(Optional::ofNullable)
                .flatMap(Optional::stream)
                .filter(id -> !id.isBlank())
                .findFirst()
                .or(() -> Optional.ofNullable(reader.requestId()))
                .map(redactor::word)
                .orElse(null);
    }
}
