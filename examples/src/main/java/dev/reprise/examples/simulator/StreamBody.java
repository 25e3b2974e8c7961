package dev.reprise.examples.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponseBody;
import okio.Buffer;
import okio.BufferedSink;

/**
 * A chunked body that sends each event by itself, after a pause.
 *
 * <p>The chunks are written by hand: mockwebserver3 has chunked bodies, but none that are made while they are sent.
 *
 * @param whole whether the body ends in order; if not, the connection breaks after the last event
 */
record StreamBody(List<SseEvent> events, boolean whole, Tempo tempo, Outcome outcome, Closeable connection)
        implements MockResponseBody {

    /** The pause before each event. */
    record Tempo(Pause pause, Duration delay) {}

    /** Where a stream tells how it went. */
    interface Outcome {

        /** All was sent but the very last event, so that whoever has read that one finds the stream counted. */
        void sent();

        void abandoned();
    }

    @Override
    public long getContentLength() {
        return -1;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try {
            for (int i = 0; i < events.size(); i++) {
                tempo.pause().forAbout(tempo.delay());
                if (i == events.size() - 1) {
                    outcome.sent();
                }
                send(events.get(i), sink);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while streaming");
        } catch (IOException e) {
            outcome.abandoned();
            connection.close();
            throw e;
        }
        if (!whole) {
            connection.close();
            throw new IOException("simulated: the stream breaks here");
        }
        sink.writeUtf8("0\r\n"); // the server adds the empty line, as the end of the trailers
    }

    private static void send(SseEvent event, BufferedSink sink) throws IOException {
        Buffer data = new Buffer().writeUtf8(event.wire());
        sink.writeHexadecimalUnsignedLong(data.size()).writeUtf8("\r\n");
        sink.writeAll(data);
        sink.writeUtf8("\r\n").flush();
    }
}
