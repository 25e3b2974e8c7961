package dev.reprise.json;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose members are asked for by name and type. A member of another type than asked for counts as absent,
 * because providers change types without notice.
 *
 * @param members the members in order
 */
public record JsonObject(Map<String, @Nullable Object> members) {

    /** An object without members. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    /**
     * A tree as an object.
     *
     * @throws JsonFormatException when it is none
     */
    public static JsonObject of(@Nullable Object tree) {
        var object = ofNullable(tree);
        if (object == null) {
            throw new JsonFormatException("not a JSON object");
        }
        return object;
    }

    /** A tree as an object, or null when it is none. */
    public static @Nullable JsonObject ofNullable(@Nullable Object tree) {
        if (!(tree instanceof Map<?, ?> map)) {
            return null;
        }
        var members = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, value) -> members.put((String) name, value));
        return new JsonObject(members);
    }

    /** Any member, or null. */
    public @Nullable Object get(String name) {
        return members.get(name);
    }

    /** A text, or null. */
    public @Nullable String string(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    /** A text or a number as text, or null: for codes, which gateways give as either. */
    public @Nullable String code(String name) {
        var value = members.get(name);
        return value instanceof BigDecimal number ? number.toPlainString() : string(name);
    }

    /** A whole number, or null; a fraction is cut, and a number that does not fit a long counts as absent. */
    public @Nullable Long number(String name) {
        var value = members.get(name);
        if (value instanceof BigDecimal number) {
            var whole = number.toBigInteger();
            return whole.bitLength() < Long.SIZE ? (Long) whole.longValue() : null;
        }
        return value instanceof Number number ? (Long) number.longValue() : null;
    }

    /** A whole number, or zero. */
    public long numberOrZero(String name) {
        var number = number(name);
        return number == null ? 0 : number;
    }

    /** A number with its fraction, or null. */
    public @Nullable Double decimal(String name) {
        return members.get(name) instanceof Number number ? (Double) number.doubleValue() : null;
    }

    /** A truth value, or null. */
    public @Nullable Boolean bool(String name) {
        return members.get(name) instanceof Boolean value ? value : null;
    }

    /** An object, or null. */
    public @Nullable JsonObject object(String name) {
        return ofNullable(members.get(name));
    }

    /** An object, or an empty one. */
    public JsonObject objectOrEmpty(String name) {
        var object = object(name);
        return object == null ? EMPTY : object;
    }

    /** The objects of a list; what is not an object is left out; empty when there is no list. */
    public List<JsonObject> objects(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(JsonObject::of)
                        .toList()
                : List.of();
    }

    /** The texts of a list; what is not a text is left out; empty when there is no list. */
    public List<String> strings(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** The texts of an object by name; what is not a text is left out; empty when there is no object. */
    public Map<String, String> texts(String name) {
        var texts = new LinkedHashMap<String, String>();
        if (members.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value instanceof String text) {
                    texts.put((String) key, text);
                }
            });
        }
        return texts;
    }
}
