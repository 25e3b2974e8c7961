package dev.reprise.provider.anthropic;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import dev.reprise.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One content block of a stream, growing; it is kept whole so that a paused turn can be sent back unchanged. */
final class StreamedBlock {

    private final Map<String, @Nullable Object> start;
    private final Consumer<String> deltas;
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final List<Object> citations = new ArrayList<>();
    private final StringBuilder input = new StringBuilder();

    StreamedBlock(JsonObject start, Consumer<String> deltas) {
        this.start = new LinkedHashMap<>(start.members());
        this.start.putIfAbsent("type", "text");
        this.deltas = deltas;
        var text = start.string("text");
        if (text != null) {
            append("text", text);
        }
    }

    void add(JsonObject delta) {
        switch (String.valueOf(delta.string("type"))) {
            case "text_delta" -> append("text", delta.string("text"));
            case "thinking_delta" -> append("thinking", delta.string("thinking"));
            case "signature_delta" -> append("signature", delta.string("signature"));
            case "citations_delta" ->
                citations.add(delta.objectOrEmpty("citation").members());
            case "input_json_delta" -> {
                var part = delta.string("partial_json");
                input.append(part == null ? "" : part);
            }
            default -> {} // unknown deltas are passed over
        }
    }

    private void append(String field, @Nullable String piece) {
        if (piece == null) {
            return;
        }
        texts.computeIfAbsent(field, name -> new StringBuilder()).append(piece);
        if (field.equals("text") && !piece.isEmpty()) {
            deltas.accept(piece);
        }
    }

    /** The block as it would stand in a message. */
    Map<String, @Nullable Object> content() {
        var block = new LinkedHashMap<>(start);
        texts.forEach((field, text) -> block.put(field, text.toString()));
        if (!citations.isEmpty()) {
            block.put("citations", List.copyOf(citations));
        }
        if (!input.isEmpty()) {
            block.put("input", parsed());
        }
        return block;
    }

    private @Nullable Object parsed() {
        try {
            return Json.read(input.toString());
        } catch (JsonFormatException e) {
            return input.toString();
        }
    }
}
