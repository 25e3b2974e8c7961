package dev.reprise.examples.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Puts answers, errors and faults on the wire. */
final class Answers {

    private final SimulatorOptions options;
    private final Tally tally;
    private final Pause pause;
    private final ResettableSockets sockets;

    Answers(SimulatorOptions options, Tally tally, Pause pause, ResettableSockets sockets) {
        this.options = options;
        this.tally = tally;
        this.pause = pause;
        this.sockets = sockets;
    }

    MockResponse whole(Dialect dialect, Reply reply, String requestId) {
        if (reply.ask().streamed()) {
            return stream(dialect, dialect.stream(reply), true, requestId, new Whole());
        }
        tally.answered();
        return plain(dialect, 200, requestId)
                .body(Json.write(dialect.answer(reply)))
                .build();
    }

    MockResponse faulty(Fault fault, Dialect dialect, Reply reply, String requestId, RecordedRequest request) {
        tally.faulted(fault);
        return switch (fault) {
            case RATE_LIMITED -> rateLimited(dialect, requestId);
            case OVERLOADED -> error(dialect, ApiError.of(529, "Overloaded"), requestId);
            case SERVER_ERROR -> error(dialect, ApiError.of(500, "Internal server error"), requestId);
            case RESET -> reset(request);
            case SHORT_BODY ->
                plain(dialect, 200, requestId)
                        .body(new ShortBody(Json.write(dialect.answer(reply))))
                        .build();
            case STREAM_CUT -> stream(dialect, half(dialect, reply), false, requestId, new Counted());
            case STREAM_UNFINISHED -> stream(dialect, half(dialect, reply), true, requestId, new Counted());
            case STREAM_ERROR -> {
                List<SseEvent> events = new ArrayList<>(half(dialect, reply));
                events.add(dialect.streamError(reply));
                yield stream(dialect, events, true, requestId, new Counted());
            }
        };
    }

    MockResponse error(Dialect dialect, ApiError error, String requestId) {
        return plain(dialect, error.status(), requestId)
                .body(Json.write(dialect.error(error, requestId)))
                .build();
    }

    private MockResponse rateLimited(Dialect dialect, String requestId) {
        long seconds = options.retryAfter().plusNanos(999_999_999).toSeconds();
        return error(dialect, ApiError.of(429, "Too many requests; slow down"), requestId)
                .newBuilder()
                .setHeader("retry-after", seconds)
                .build();
    }

    private MockResponse reset(RecordedRequest request) {
        try {
            sockets.reset(request.getConnectionIndex());
        } catch (IOException e) {
            throw new IllegalStateException("connection " + request.getConnectionIndex() + " cannot be reset", e);
        }
        return new MockResponse.Builder().build(); // goes nowhere: its socket is closed
    }

    private MockResponse stream(
            Dialect dialect, List<SseEvent> events, boolean whole, String requestId, StreamBody.Outcome outcome) {
        StreamBody.Tempo tempo = new StreamBody.Tempo(pause, options.chunkDelay());
        return plain(dialect, 200, requestId)
                .body(new StreamBody(events, whole, tempo, outcome))
                .removeHeader("content-length")
                .setHeader("transfer-encoding", "chunked")
                .setHeader("content-type", "text/event-stream; charset=utf-8")
                .setHeader("cache-control", "no-cache")
                .build();
    }

    private static List<SseEvent> half(Dialect dialect, Reply reply) {
        List<SseEvent> events = dialect.stream(reply);
        return events.subList(0, (events.size() + 1) / 2);
    }

    private static MockResponse.Builder plain(Dialect dialect, int status, String requestId) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("content-type", "application/json")
                .setHeader(dialect.requestIdHeader(), requestId);
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
