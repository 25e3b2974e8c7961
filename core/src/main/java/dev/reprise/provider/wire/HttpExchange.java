package dev.reprise.provider.wire;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.reprise.failure.FailureKind;
import dev.reprise.provider.CallControl;
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
 * <p>What may have reached the provider is never sent again: only a connection that could not be made is tried twice
 * more, after 50 and 100 ms. Cancelling or interrupting closes the connection.
 */
final class HttpExchange {

    private static final long MAX_BODY = 64L << 20;
    private static final long READ_BYTES = 8_192;

    private static final RetryPolicy<Answer> CONNECTING = RetryPolicy.<Answer>builder()
            .handleIf((answer, error) -> answer instanceof Answer.None none && none.unsent())
            .withBackoff(Duration.ofMillis(50), Duration.ofMillis(100))
            .withMaxRetries(2)
            .build();

    private final OkHttpClient client;
    private final Redactor redactor;
    private final BodyLog bodies;

    /**
     * Derives from an app's client everything but what would send a request twice or elsewhere: no redirects, no repeats.
     * A read has no limit of its own, because the whole call has one and a model may think for minutes.
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
                .readTimeout(Duration.ZERO)
                .addNetworkInterceptor(new RetryAfterShield())
                .dns(new AbandonableDns(client.dns()))
                .build();
        this.redactor = redactor;
        this.bodies = bodies;
    }

    /**
     * Sends a request and reads the answer to its end. A successful answer that is a stream of events goes to the
     * reader, whatever its content type says; the stream may not be silent for longer than the control's idle timeout.
     *
     * @param body sent as a one-shot body, so that nothing below sends it again
     * @param events takes the events, should the answer be a stream
     * @throws InterruptedException when the thread is interrupted, unless the call has been cancelled as well
     */
    Answer post(HttpUrl url, Headers headers, byte[] body, CallControl control, EventReader events)
            throws InterruptedException {
        bodies.request(body);
        var answer = send(JsonRequest.post(url, headers, body), control, bodies.events(events));
        bodies.answer(answer);
        return answer;
    }

    private Answer send(Request request, CallControl control, EventReader events) throws InterruptedException {
        var flight = new CallInFlight(client, control, redactor);
        control.onCancel(flight::stop);
        var watch = InterruptWatch.start(flight::stop);
        try {
            return Failsafe.with(CONNECTING).get(() -> once(request, flight, control, events));
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

    private static Answer once(Request request, CallInFlight flight, CallControl control, EventReader events)
            throws InterruptedException {
        var call = flight.next(request);
        if (call == null) {
            return new Answer.None(flight.stoppedShort(), false);
        }
        AbandonableDns.present(flight);
        try (var response = call.execute()) {
            flight.answered();
            return read(response, flight, control, events);
        } catch (IOException e) {
            var cut = flight.cut(e);
            return new Answer.None(cut, flight.unsent(cut, e));
        } finally {
            AbandonableDns.present(null);
        }
    }

    private static Answer read(Response response, CallInFlight flight, CallControl control, EventReader events)
            throws InterruptedException {
        var source = response.body().source();
        var headers = RetryAfterShield.restored(response.headers());
        var body = new Buffer();
        Cut cut = null;
        try {
            if (HttpKinds.success(response.code()) && EventStreams.begins(response, source)) {
                source.timeout().timeout(control.idleTimeout().toNanos(), TimeUnit.NANOSECONDS);
                return new Answer.Streamed(response.code(), headers, stream(new SseParser(source, events), flight));
            }
            cut = whole(source, body);
        } catch (IOException e) {
            cut = flight.cut(e);
        }
        return new Answer.Whole(response.code(), headers, body.readByteArray(), cut);
    }

    private static @Nullable Cut stream(SseParser parser, CallInFlight flight) throws InterruptedException {
        try {
            parser.read();
            return null;
        } catch (IOException e) {
            return flight.cut(e);
        }
    }

    private static @Nullable Cut whole(BufferedSource source, Buffer into) throws IOException {
        while (source.read(into, READ_BYTES) != -1) {
            if (into.size() > MAX_BODY) {
                return new Cut(FailureKind.UNPARSEABLE, "an answer of more than 64 MiB");
            }
        }
        return null;
    }

    /** One pool for all providers of apps that bring no client, wide enough for many calls at once. */
    private static final class Shared {
        private static final OkHttpClient CLIENT = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(64, 1, TimeUnit.MINUTES))
                .build();
    }
}
