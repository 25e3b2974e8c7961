package dev.reprise.provider.openai;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.wire.AnswerMemory;
import dev.reprise.provider.wire.EventReader;
import dev.reprise.provider.wire.SseEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a chat completion together from its chunks. The stream is whole at {@code [DONE]} and nowhere else: a gateway
 * may give a finish reason and still fail after it.
 */
final class OpenAiStream implements EventReader {

    private static final String DONE = "[DONE]";

    private final Consumer<String> deltas;
    private final AnswerMemory memory;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final Map<String, @Nullable Object> choice = new LinkedHashMap<>();
    private @Nullable JsonObject usage;
    private @Nullable JsonObject error;
    private boolean garbled;
    private boolean whole;

    OpenAiStream(Consumer<String> deltas, AnswerMemory memory) {
        this.deltas = deltas;
        this.memory = memory;
    }

    /** What has arrived so far. */
    Completion completion() {
        var all = new LinkedHashMap<>(choice);
        all.put("message", Json.object("content", text.toString(), "refusal", refusal.toString()));
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("choices", List.of(all));
        body.put("usage", usage == null ? null : usage.members());
        return new Completion(new JsonObject(body));
    }

    /** The chunk whose error ended the stream, or null. */
    @Nullable
    JsonObject error() {
        return error;
    }

    /** Whether a chunk could not be read, so that text may be missing. */
    boolean garbled() {
        return garbled;
    }

    /** Whether the stream came to its proper end. */
    boolean whole() {
        return whole;
    }

    @Override
    public boolean event(SseEvent event) {
        if (event.data().strip().equals(DONE)) {
            whole = true;
            return false;
        }
        try {
            return take(event.name(), Json.readObject(event.data()));
        } catch (JsonFormatException e) {
            garbled = true;
            return false;
        }
    }

    @Override
    public void remainder(SseEvent event) {
        whole |= event.data().strip().equals(DONE);
    }

    private boolean take(@Nullable String name, JsonObject chunk) {
        if (chunk.object("usage") != null) {
            usage = chunk.object("usage");
        }
        chunk.objects("choices").stream()
                .filter(part -> part.numberOrZero("index") == 0)
                .forEach(this::take);
        if ("error".equals(name) || OpenAiErrors.isError(chunk)) {
            error = chunk;
            return false;
        }
        return true;
    }

    private void take(JsonObject part) {
        var delta = part.objectOrEmpty("delta");
        var piece = delta.string("content");
        if (piece != null && !piece.isEmpty()) {
            memory.keep(piece);
            text.append(piece);
            deltas.accept(piece);
        }
        var declined = delta.string("refusal");
        if (declined != null) {
            memory.keep(declined);
            refusal.append(declined);
        }
        for (String field : List.of("finish_reason", "native_finish_reason")) {
            if (part.string(field) != null) {
                choice.put(field, part.string(field));
            }
        }
    }
}
