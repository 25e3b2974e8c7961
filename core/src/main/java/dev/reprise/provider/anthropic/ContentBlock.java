package dev.reprise.provider.anthropic;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.wire.AnswerMemory;
import dev.reprise.provider.wire.ContentReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One content block, growing; it is kept whole so that a paused turn can be sent back. */
final class ContentBlock {

    private static final String TEXT = "text";
    /** What a block takes beside its content. */
    private static final long BLOCK = 512;

    private final Map<String, @Nullable Object> start;
    private final ContentReader content;
    private final AnswerMemory memory;
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final List<Object> citations = new ArrayList<>();
    private final StringBuilder input = new StringBuilder();

    ContentBlock(JsonObject start, ContentReader content, AnswerMemory memory) {
        this.memory = memory;
        memory.keep(BLOCK);
        memory.keepTree(start.members());
        this.start = new LinkedHashMap<>(start.members());
        this.start.putIfAbsent("type", TEXT);
        this.content = content;
        for (String field : List.of(TEXT, "thinking", "signature")) {
            if (start.get(field) != null) {
                append(field, start.string(field));
            }
        }
    }

    void add(JsonObject delta) {
        var type = String.valueOf(delta.string("type"));
        switch (type) {
            case "text_delta" -> append(TEXT, delta.string(TEXT));
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
            default -> {
                // Unknown deltas are passed over; one without a type is none.
                if (delta.string("type") == null) {
                    append(TEXT, delta.string(TEXT));
                } else if (delta.string(TEXT) != null) {
                    content.passOver("a delta of type " + type);
                }
            }
        }
    }

    private void append(String field, @Nullable String piece) {
        if (piece == null) {
            return;
        }
        memory.keep(piece);
        texts.computeIfAbsent(field, name -> new StringBuilder()).append(piece);
        if (field.equals("thinking")) {
            content.thought(piece);
        } else if (field.equals(TEXT) && TEXT.equals(start.get("type"))) {
            content.read(piece);
        } else if (field.equals(TEXT)) {
            content.passOver("a block of type " + start.get("type"));
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
