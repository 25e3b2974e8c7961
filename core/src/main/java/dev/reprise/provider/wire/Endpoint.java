package dev.reprise.provider.wire;

import dev.reprise.json.Json;
import dev.reprise.provider.CallControl;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** One URL that JSON is posted to. Thread-safe; its {@link #toString()} shows no header. */
public final class Endpoint {

    private final HttpUrl url;
    private final Headers headers;
    private final HttpExchange exchange;
    private final long maxAnswerMemory;

    Endpoint(HttpUrl url, Headers headers, HttpExchange exchange, long maxAnswerMemory) {
        this.url = url;
        this.headers = headers;
        this.exchange = exchange;
        this.maxAnswerMemory = maxAnswerMemory;
    }

    /** What the answer of one call may take of memory. */
    AnswerMemory answerMemory() {
        return new AnswerMemory(maxAnswerMemory);
    }

    /**
     * Posts a JSON object and reads the answer to its end: see {@link HttpExchange}.
     *
     * @param streamed whether a stream is asked for
     * @param reading takes the events, should the answer be a stream, and what the answer may take of memory
     * @throws InterruptedException when the thread is interrupted, unless the call has been cancelled as well
     */
    Answer post(Map<String, @Nullable Object> body, boolean streamed, CallControl control, HttpExchange.Reading reading)
            throws InterruptedException {
        return exchange.post(url, headers, Json.writeBytes(body), streamed, control, reading);
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
