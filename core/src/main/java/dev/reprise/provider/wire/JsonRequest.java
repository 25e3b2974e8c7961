package dev.reprise.provider.wire;

import dev.reprise.display.CleanText;
import dev.reprise.generation.Sent;
import dev.reprise.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A request whose body is a JSON object: as HTTP, and as what is remembered of it. */
public final class JsonRequest {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final Set<String> CONTENT = Set.of("model", "messages", "system");
    private static final int MAX_SHOWN = 200;

    private JsonRequest() {}

    /** A POST that nothing sends twice, within its own time limits. */
    static Request post(HttpUrl url, Headers headers, byte[] body, TimeLimits.Limits limits) {
        return new Request.Builder()
                .url(url)
                .headers(headers)
                .tag(TimeLimits.Limits.class, limits)
                .post(new OneShot(body))
                .build();
    }

    /** What a body says beyond its content: its model, and its parameters as text, cut after 200 characters each. */
    public static Sent sent(Map<String, @Nullable Object> body, Redactor redactor) {
        var parameters = new LinkedHashMap<String, String>();
        body.forEach((name, value) -> {
            if (!CONTENT.contains(name)) {
                var text = redactor.hide(value instanceof String string ? string : Json.write(value));
                parameters.put(name, CleanText.shortened(text, MAX_SHOWN));
            }
        });
        return new Sent(String.valueOf(body.get("model")), parameters, null);
    }

    /** Bytes that OkHttp may write once only. */
    private static final class OneShot extends RequestBody {
        private final byte[] bytes;

        private OneShot(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public MediaType contentType() {
            return JSON;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
