package dev.reprise.provider.anthropic;

import dev.reprise.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A paused turn in the form that the Messages API takes back: as it came, but for what it gives and does not take, which
 * are text without a word in it and thinking without its signature.
 */
final class PausedTurn {

    private static final String TEXT = "text";

    private PausedTurn() {}

    /** The blocks to send. */
    static List<Map<String, @Nullable Object>> sendable(List<? extends @Nullable Object> blocks) {
        var sendable = new ArrayList<Map<String, @Nullable Object>>();
        for (Object block : blocks) {
            var object = JsonObject.ofNullable(block);
            if (object != null && takes(object)) {
                sendable.add(new LinkedHashMap<>(object.members()));
            }
        }
        return sendable;
    }

    private static boolean takes(JsonObject block) {
        return switch (String.valueOf(block.string("type"))) {
            case TEXT -> filled(block.string(TEXT));
            case "thinking" -> filled(block.string("signature"));
            default -> true;
        };
    }

    private static boolean filled(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
