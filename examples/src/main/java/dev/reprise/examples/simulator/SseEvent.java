package dev.reprise.examples.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One server-sent event; without a name it is data alone. */
record SseEvent(@Nullable String name, String data) {

    static SseEvent named(String name, Map<String, @Nullable Object> data) {
        return new SseEvent(name, Json.write(data));
    }

    static SseEvent of(Map<String, @Nullable Object> data) {
        return new SseEvent(null, Json.write(data));
    }

    String wire() {
        return (name == null ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
    }
}
