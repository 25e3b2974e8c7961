package dev.reprise.provider.anthropic;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.wire.AnswerMemory;
import dev.reprise.provider.wire.EventReader;
import dev.reprise.provider.wire.SseEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a message together from its stream ("Streaming Messages" at docs.claude.com). Unknown events and deltas are
 * passed over, as the protocol asks; the stream is whole at {@code message_stop} and nowhere else.
 */
final class AnthropicStream implements EventReader {

    /** The events that carry what must not be missing. */
    private static final Set<String> NEEDED = Set.of(
            "message_start",
            "content_block_start",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop",
            "error");

    private final Consumer<String> deltas;
    private final AnswerMemory memory;
    private final Map<String, @Nullable Object> message = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> usage = new LinkedHashMap<>();
    private final TreeMap<Long, StreamedBlock> blocks = new TreeMap<>();
    private @Nullable JsonObject error;
    private boolean garbled;
    private boolean whole;

    AnthropicStream(Consumer<String> deltas, AnswerMemory memory) {
        this.deltas = deltas;
        this.memory = memory;
    }

    /** What has arrived so far. */
    Turn turn() {
        var all = new LinkedHashMap<>(message);
        var content = new ArrayList<Object>();
        blocks.values().forEach(block -> content.add(block.content()));
        all.put("content", content);
        all.put("usage", usage);
        return new Turn(new JsonObject(all));
    }

    /** The error that ended the stream, or null. */
    @Nullable
    JsonObject error() {
        return error;
    }

    /** Whether an event could not be read, so that text may be missing. */
    boolean garbled() {
        return garbled;
    }

    /** Whether the stream came to its proper end. */
    boolean whole() {
        return whole;
    }

    @Override
    public boolean event(SseEvent event) {
        JsonObject data;
        try {
            data = Json.readObject(event.data());
        } catch (JsonFormatException e) {
            garbled = event.name() == null || NEEDED.contains(event.name());
            return !garbled;
        }
        var type = data.string("type");
        return take(type != null ? type : String.valueOf(event.name()), data);
    }

    @Override
    public void remainder(SseEvent event) {
        try {
            whole |= "message_stop".equals(Json.readObject(event.data()).string("type"));
        } catch (JsonFormatException e) {
            return; // cut in the middle
        }
    }

    private boolean take(String type, JsonObject data) {
        switch (type) {
            case "message_start" -> start(data.objectOrEmpty("message"));
            case "content_block_start" ->
                blocks.put(data.numberOrZero("index"), block(data.objectOrEmpty("content_block")));
            case "content_block_delta" ->
                blocks.computeIfAbsent(data.numberOrZero("index"), index -> block(JsonObject.EMPTY))
                        .add(data.objectOrEmpty("delta"));
            case "message_delta" -> {
                putAll(message, data.objectOrEmpty("delta"));
                putAll(usage, data.objectOrEmpty("usage"));
            }
            case "message_stop" -> whole = true;
            case "error" -> error = data;
            default -> {
                if (data.get("error") != null) {
                    error = data;
                }
            }
        }
        return !whole && error == null;
    }

    private StreamedBlock block(JsonObject start) {
        return new StreamedBlock(start, deltas, memory);
    }

    private void start(JsonObject started) {
        putAll(message, started);
        putAll(usage, started.objectOrEmpty("usage"));
        long index = 0;
        for (JsonObject block : started.objects("content")) {
            blocks.put(index++, block(block));
        }
    }

    /** Counts are cumulative: what is said later replaces what was said before, and null says nothing. */
    private void putAll(Map<String, @Nullable Object> into, JsonObject from) {
        memory.keepTree(from.members());
        from.members().forEach((name, value) -> {
            if (value != null) {
                into.put(name, value);
            }
        });
    }
}
