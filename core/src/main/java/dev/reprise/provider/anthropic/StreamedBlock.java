package dev.reprise.provider.anthropic;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.wire.AnswerMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One content block of a stream, growing; it is kept whole so that a paused turn can be sent back unchanged. */
final class StreamedBlock {

    /** What a block takes beside its content. */
    private static final long BLOCK = 512;

    private final Map<String, @Nullable Object> start;
    private final Consumer<String> deltas;
    private final AnswerMemory memory;
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final List<Object> citations = new ArrayList<>();
    private final StringBuilder input = new StringBuilder();

    StreamedBlock(JsonObject start, Consumer<String> deltas, AnswerMemory memory) {
        this.deltas = deltas;
        this.memory = memory;
        memory.keep(BLOCK);
        memory.keepTree(start.members());
        this.start = new LinkedHashMap<>(start.members());
        this.start.putIfAbsent("type", "text");
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
            case "citations_delta" -> {
                var citation = delta.objectOrEmpty("citation").members();
                memory.keepTree(citation);
                citations.add(citation);
            }
            case "input_json_delta" -> {
                var part = delta.string("partial_json");
                if (part != null) {
                    memory.keep(part);
                    memory.keep(Json.memory(part.getBytes(StandardCharsets.UTF_8)));
                    input.append(part);
                }
            }
            default -> {} // unknown deltas are passed over
        }
    }

    private void append(String field, @Nullable String piece) {
        if (piece == null) {
            return;
        }
        memory.keep(piece);
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
