package dev.reprise.codec;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt hands to the next: a part for the engine and a part for the provider, neither of which touches the
 * other. Stored with the task as JSON of version 1.
 *
 * @param engine what the kind of work notes for itself, by name
 * @param provider what the provider asked to be given back, or null
 */
public record Handover(Map<String, String> engine, @Nullable String provider) {

    /** Nothing, as for the first attempt. */
    public static final Handover NONE = new Handover(Map.of(), null);

    private static final int VERSION = 1;

    /** Copies the map. */
    public Handover {
        engine = Map.copyOf(engine);
    }

    /** The same for the engine, with another part for the provider. */
    public Handover withProvider(String part) {
        return new Handover(engine, part);
    }

    /** As a text to store, or null when there is nothing. */
    public @Nullable String encode() {
        if (equals(NONE)) {
            return null;
        }
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("v", VERSION);
        if (!engine.isEmpty()) {
            tree.put("engine", engine);
        }
        if (provider != null) {
            tree.put("provider", provider);
        }
        return Json.write(tree);
    }

    /** Throws a {@link RuntimeException} of any kind when the text cannot be read. */
    public static Handover decode(@Nullable String stored) {
        if (stored == null) {
            return NONE;
        }
        var tree = Json.readObject(stored);
        if (tree.numberOrZero("v") != VERSION) {
            throw new JsonFormatException("a handover of version " + tree.get("v"));
        }
        return new Handover(tree.texts("engine"), tree.string("provider"));
    }
}
