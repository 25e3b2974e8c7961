package dev.reprise.examples.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;

/** Puts answers, errors and faults on the wire. */
final class Answers {

    private final SimulatorOptions options;
    private final Tally tally;
    private final Pause pause;
    private final Connections connections;

    Answers(SimulatorOptions options, Tally tally, Pause pause, Connections connections) {
        this.options = options;
        this.tally = tally;
        this.pause = pause;
        this.connections = connections;
    }

    /** Whom an answer goes to: a request by its id, on a connection by its number. */
    record Recipient(Dialect dialect, String requestId, int connection) {}

    MockResponse whole(Recipient recipient, Reply reply) {
        if (reply.ask().streamed()) {
            return stream(recipient, recipient.dialect().stream(reply), true, new Whole());
        }
        tally.answered();
        return head(recipient, 200)
                .body(Json.write(recipient.dialect().answer(reply)))
                .build();
    }

    MockResponse faulty(Fault fault, Recipient recipient, Reply reply) {
        tally.faulted(fault);
        return switch (fault) {
            case RATE_LIMITED -> rateLimited(recipient);
            case OVERLOADED -> error(recipient, ApiError.of(529, "Overloaded"));
            case SERVER_ERROR -> error(recipient, ApiError.of(500, "Internal server error"));
            case RESET -> reset(recipient);
            case SHORT_BODY -> shortBody(recipient, reply);
            case STREAM_CUT -> stream(recipient, half(recipient, reply), false, new Counted());
            case STREAM_UNFINISHED -> stream(recipient, half(recipient, reply), true, new Counted());
            case STREAM_ERROR -> streamError(recipient, reply);
        };
    }

    MockResponse error(Recipient recipient, ApiError error) {
        return head(recipient, error.status())
                .body(Json.write(recipient.dialect().error(error, recipient.requestId())))
                .build();
    }

    private MockResponse rateLimited(Recipient recipient) {
        long seconds = options.retryAfter().plusNanos(999_999_999).toSeconds();
        return error(recipient, ApiError.of(429, "Too many requests; slow down"))
                .newBuilder()
                .setHeader("retry-after", seconds)
                .build();
    }

    private MockResponse reset(Recipient recipient) {
        try {
            connections.reset(recipient.connection());
        } catch (IOException e) {
            throw new IllegalStateException("connection " + recipient.connection() + " cannot be reset", e);
        }
        return new MockResponse.Builder().build(); // goes nowhere: its socket is closed
    }

    private MockResponse shortBody(Recipient recipient, Reply reply) {
        String body = Json.write(recipient.dialect().answer(reply));
        return head(recipient, 200)
                .body(new ShortBody(body, () -> connections.close(recipient.connection())))
                .build();
    }

    private MockResponse streamError(Recipient recipient, Reply reply) {
        List<SseEvent> events = new ArrayList<>(half(recipient, reply));
        events.add(recipient.dialect().streamError(reply));
        return stream(recipient, events, true, new Counted());
    }

    private MockResponse stream(Recipient recipient, List<SseEvent> events, boolean whole, StreamBody.Outcome outcome) {
        StreamBody.Tempo tempo = new StreamBody.Tempo(pause, options.chunkDelay());
        return head(recipient, 200)
                .body(new StreamBody(events, whole, tempo, outcome, () -> connections.close(recipient.connection())))
                .removeHeader("content-length")
                .setHeader("transfer-encoding", "chunked")
                .setHeader("content-type", "text/event-stream; charset=utf-8")
                .setHeader("cache-control", "no-cache")
                .build();
    }

    private static List<SseEvent> half(Recipient recipient, Reply reply) {
        List<SseEvent> events = recipient.dialect().stream(reply);
        return events.subList(0, (events.size() + 1) / 2);
    }

    private static MockResponse.Builder head(Recipient recipient, int status) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("content-type", "application/json")
                .setHeader(recipient.dialect().requestIdHeader(), recipient.requestId());
    }

    private final class Whole implements StreamBody.Outcome {

        @Override
        public void sent() {
            tally.answered();
        }

        @Override
        public void abandoned() {
            tally.abandoned();
        }
    }

    /** Of a stream that is counted already, as a fault. */
    private static final class Counted implements StreamBody.Outcome {

        @Override
        public void sent() {}

        @Override
        public void abandoned() {}
    }
}
