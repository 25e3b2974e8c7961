package dev.reprise.examples.simulator;

import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** A provider's protocol: how it wants requests, and how it writes answers, streams and errors. */
interface Dialect {

    String path();

    String requestIdHeader();

    /** Rejects a request that carries no key. */
    void authenticate(Headers headers) throws RejectedException;

    Ask read(Headers headers, Fields body) throws RejectedException;

    Map<String, @Nullable Object> answer(Reply reply);

    /** The events of a whole stream. */
    List<SseEvent> stream(Reply reply);

    /** The event that ends a stream which goes wrong in the middle. */
    SseEvent streamError(Reply reply);

    Map<String, @Nullable Object> error(ApiError error, String requestId);

    /** Whether the headers hold a key as {@code Authorization: Bearer}. */
    static boolean hasBearer(Headers headers) {
        String value = headers.get("authorization");
        return value != null && value.matches("(?i)bearer\\s+\\S+");
    }
}
