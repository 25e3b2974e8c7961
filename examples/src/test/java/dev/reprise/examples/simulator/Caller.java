package dev.reprise.examples.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** An HTTP caller that sends a request as it is told to, and never twice. */
final class Caller {

    static final OkHttpClient CLIENT =
            new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

    private static final MediaType JSON = MediaType.get("application/json");

    private final Simulator simulator;
    private final Map<String, String> headers = new LinkedHashMap<>();

    Caller(Simulator simulator) {
        this.simulator = simulator;
        headers.put("x-api-key", "key");
        headers.put("authorization", "Bearer key");
        headers.put("anthropic-version", "2026-10-21");
    }

    /** A caller that sends this header too, or leaves it out when the value is empty. */
    Caller with(String name, String value) {
        Caller caller = new Caller(simulator);
        caller.headers.clear();
        caller.headers.putAll(headers);
        if (value.isEmpty()) {
            caller.headers.remove(name);
        } else {
            caller.headers.put(name, value);
        }
        return caller;
    }

    Caller simulating(Fault fault) {
        return with(Fault.HEADER, fault.headerValue());
    }

    Answer anthropic(String body) throws IOException {
        return send(anthropicRequest(body));
    }

    Answer openAi(String body) throws IOException {
        return send(openAiRequest(body));
    }

    Request anthropicRequest(String body) {
        return request(simulator.anthropicBaseUrl() + "/v1/messages", body);
    }

    Request openAiRequest(String body) {
        return request(simulator.openAiBaseUrl() + "/chat/completions", body);
    }

    /** The text of a plain Anthropic answer to a conversation of alternating user and assistant turns. */
    String write(String... turns) throws IOException {
        List<Object> messages = new ArrayList<>();
        for (int i = 0; i < turns.length; i++) {
            messages.add(Json.object("role", i % 2 == 0 ? "user" : "assistant", "content", turns[i]));
        }
        return anthropic(Json.write(Json.object("model", "any", "max_tokens", 10_000, "messages", messages)))
                .at("content.0.text");
    }

    private Request request(String url, String body) {
        Request.Builder request = new Request.Builder().url(url).post(RequestBody.create(body, JSON));
        headers.forEach(request::header);
        return request.build();
    }

    private static Answer send(Request request) throws IOException {
        try (Response response = CLIENT.newCall(request).execute()) {
            return new Answer(
                    response.code(), response.headers(), response.body().string());
        }
    }

    /** What came back whole. */
    record Answer(int code, Headers headers, String body) {

        /** The value at a path such as {@code content.0.text}, as text; whole numbers have no fraction. */
        String at(String path) {
            return at(body, path);
        }

        static String at(String json, String path) {
            try {
                Object value = Json.read(json).values();
                for (String step : path.split("\\.", -1)) {
                    value = value instanceof List<?> list
                            ? list.get(Integer.parseInt(step))
                            : value instanceof Map<?, ?> map ? map.get(step) : null;
                }
                return String.valueOf(value).replaceFirst("^(\\d+)\\.0$", "$1");
            } catch (RejectedException e) {
                throw new AssertionError("not JSON: " + json, e);
            }
        }

        /** The events of a stream: each one's name, or nothing, and its data. */
        List<SseEvent> events() {
            List<SseEvent> events = new ArrayList<>();
            for (String block : body.strip().split("\n\n", -1)) {
                boolean named = block.startsWith("event: ");
                String data = block.substring(block.indexOf("data: ") + 6);
                events.add(new SseEvent(named ? block.substring(7, block.indexOf('\n')) : null, data));
            }
            return events;
        }
    }
}
