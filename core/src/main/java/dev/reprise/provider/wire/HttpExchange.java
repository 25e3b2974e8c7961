package dev.reprise.provider.wire;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.wire.StaleConnections.StaleException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request on the calling thread and reads its answer, within the limits of a {@link CallControl}. Thread-safe.
 *
 * <p>What the provider may have processed is never sent again. A connection that could not be made, and a request that
 * HTTP/2 says was not processed, are tried twice more, after 50 and 100 ms; a pooled connection that the server has closed
 * meanwhile is left for another one at once. Cancelling or interrupting closes the connection.
 */
final class HttpExchange {

    private static final long READ_BYTES = 8_192;
    /** The first words of a body that is too large. */
    private static final int SHOWN_BYTES = 20_000;

    private static final int MAX_STALE = 1_000;

    private static final RetryPolicy<Answer> CONNECTING = RetryPolicy.<Answer>builder()
            .handleIf((answer, error) -> answer instanceof Answer.None none && none.unsent())
            .withBackoff(Duration.ofMillis(50), Duration.ofMillis(100))
            .withMaxRetries(2)
            .build();

    private final OkHttpClient client;
    private final Redactor redactor;
    private final BodyLog bodies;

    /**
     * Derives from an app's client everything but what would send a request twice or elsewhere, or end it early: no
     * redirects, no repeats, no time limits but the call's own.
     *
     * @param appClient the app's client, or null for one that all providers share
     */
    HttpExchange(@Nullable OkHttpClient appClient, Redactor redactor, BodyLog bodies) {
        var client = appClient != null ? appClient : Shared.CLIENT;
        this.client = client.newBuilder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(Duration.ZERO)
                .pingInterval(Duration.ZERO)
                .addInterceptor(new TimeLimits())
                .addNetworkInterceptor(new StaleConnections())
                .addNetworkInterceptor(new ResponseShield())
                .dns(new AbandonableDns(client.dns()))
                .build();
        this.redactor = redactor;
        this.bodies = bodies;
    }

    /**
     * Sends a request and reads the answer to its end. A successful answer that is a stream of events goes to the
     * reader, whatever its content type says; the stream may not be silent for longer than the control's idle timeout.
     *
     * <p>What does not fit into the memory for an answer ends it there, with an interruption of kind {@code TOO_LARGE}.
     *
     * @param body sent as a one-shot body, so that nothing below sends it again
     * @param streamed whether a stream is asked for, whose first event may not take longer than the idle timeout
     * @param reading takes the events, should the answer be a stream, and what the answer may take of memory
     * @throws InterruptedException when the thread is interrupted, unless the call has been cancelled as well
     */
    Answer post(HttpUrl url, Headers headers, byte[] body, boolean streamed, CallControl control, Reading reading)
            throws InterruptedException {
        bodies.request(body);
        var limits = new TimeLimits.Limits(control.idleTimeout(), streamed);
        var logged = new Reading(bodies.events(reading.events()), reading.memory());
        var answer = send(JsonRequest.post(url, headers, body, limits), control, logged);
        bodies.answer(answer);
        return answer;
    }

    /** How an answer is read. */
    record Reading(EventReader events, AnswerMemory memory) {}

    private Answer send(Request request, CallControl control, Reading reading) throws InterruptedException {
        var flight = new CallInFlight(client, control, redactor);
        control.onCancel(flight::stop);
        var watch = InterruptWatch.start(flight::stop);
        try {
            return Failsafe.with(CONNECTING).get(() -> once(request, flight, control, reading));
        } catch (FailsafeException e) {
            if (!(e.getCause() instanceof InterruptedException)) {
                throw e;
            }
            Thread.interrupted(); // Failsafe has set it again
            var interrupted = new InterruptedException("interrupted during a provider call");
            interrupted.initCause(e.getCause());
            throw interrupted;
        } finally {
            watch.close();
        }
    }

    private static Answer once(Request request, CallInFlight flight, CallControl control, Reading reading)
            throws InterruptedException {
        AbandonableDns.present(flight);
        try {
            for (int stale = 0; ; stale++) {
                var call = flight.next(request);
                if (call == null) {
                    return new Answer.None(flight.stoppedShort(), false);
                }
                try (var response = call.execute()) {
                    flight.answered();
                    return read(response, flight, control, reading);
                } catch (StaleException e) {
                    if (stale >= MAX_STALE) {
                        return new Answer.None(flight.interruption(e), false);
                    }
                } catch (IOException e) {
                    var interruption = flight.interruption(e);
                    return new Answer.None(interruption, flight.unsent(interruption, e));
                }
            }
        } finally {
            AbandonableDns.present(null);
        }
    }

    private static Answer read(Response response, CallInFlight flight, CallControl control, Reading reading)
            throws InterruptedException {
        var source = response.body().source();
        int status = ResponseShield.status(response);
        var headers = ResponseShield.headers(response);
        var body = new Buffer();
        try {
            if (HttpKinds.success(status)) {
                limit(source, EventStreams.declared(response) ? control.idleTimeout() : null);
                if (EventStreams.begins(response, source)) {
                    limit(source, control.idleTimeout());
                    var parser = new SseParser(source, reading.events(), reading.memory());
                    var broken = stream(parser, flight);
                    return new Answer.Streamed(status, headers, parser.stray(), broken);
                }
            }
            source.timeout().clearTimeout();
            return new Answer.Whole(status, headers, whole(source, body, reading.memory()), null);
        } catch (IOException e) {
            return new Answer.Whole(status, headers, body.readByteArray(), flight.interruption(e));
        } catch (AnswerTooLargeException e) {
            return new Answer.Whole(status, headers, firstBytes(body), Interruption.tooLarge(e));
        }
    }

    /** Bounds the silence of a source, which a request for a stream has bounded already. */
    private static void limit(BufferedSource source, @Nullable Duration silence) {
        if (silence != null) {
            source.timeout().timeout(silence.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static @Nullable Interruption stream(SseParser parser, CallInFlight flight) throws InterruptedException {
        try {
            parser.read();
            return null;
        } catch (IOException e) {
            return flight.interruption(e);
        } catch (AnswerTooLargeException e) {
            return Interruption.tooLarge(e);
        }
    }

    /** The bytes of a body, of which a tree may be made. */
    private static byte[] whole(BufferedSource source, Buffer into, AnswerMemory memory) throws IOException {
        while (source.read(into, READ_BYTES) != -1) {
            memory.need(2 * into.size()); // they are copied
        }
        var bytes = into.copy().readByteArray();
        memory.needTree(bytes);
        into.clear();
        return bytes;
    }

    private static byte[] firstBytes(Buffer body) {
        return body.snapshot((int) Math.min(body.size(), SHOWN_BYTES)).toByteArray();
    }

    /** One pool for all providers of apps that bring no client, wide enough for many calls at once. */
    private static final class Shared {
        private static final OkHttpClient CLIENT = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(64, 1, TimeUnit.MINUTES))
                .build();
    }
}
