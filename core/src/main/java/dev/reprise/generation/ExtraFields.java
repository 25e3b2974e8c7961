package dev.reprise.generation;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StorableText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields that an app puts into the provider's request body, copied through and through: what a request holds cannot
 * be changed from outside, and can be stored and read back the same.
 */
final class ExtraFields {

    // Well below the depth at which writing and reading JSON gives up.
    private static final int MAX_LEVELS = 100;
    private static final int MAX_PLACES = 1_000;
    private static final int MAX_CHARACTERS = 1_000_000;
    /** What stands between two values, at least. */
    private static final int PUNCTUATION = 2;

    private ExtraFields() {}

    static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> extra) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        var room = new Room();
        extra.forEach((name, value) -> {
            StorableText.checkText("extra name", name);
            room.take(name.length());
            copy.put(name, new Copying("extra." + name, room).value("extra." + name, value, 0));
        });
        return Collections.unmodifiableMap(copy);
    }

    /**
     * What may still be copied. A list that holds another twice, which does so, too, is written out exponentially: it must
     * be refused on the way, not once it has been walked.
     */
    private static final class Room {
        private long taken;

        void take(int characters) {
            taken += characters + PUNCTUATION;
            if (taken > MAX_CHARACTERS) {
                throw new InvalidRequestException(
                        "extra", "more than that", "must have at most " + MAX_CHARACTERS + " characters as JSON");
            }
        }
    }

    /** The copying of one field; {@code root} names it when a value's own path is too long to show. */
    private record Copying(String root, Room room) {

        @Nullable
        Object value(String path, @Nullable Object value, int levels) {
            room.take(
                    value instanceof String || value instanceof Number
                            ? value.toString().length()
                            : 0);
            if (value instanceof String text) {
                StorableText.checkText(root, text);
                return text;
            }
            if (value == null || value instanceof Boolean) {
                return value;
            }
            if (value instanceof Number number) {
                return number(path, number);
            }
            if (value instanceof List<?> list) {
                return list(path, list, levels + 1);
            }
            if (value instanceof Map<?, ?> map) {
                return map(path, map, levels + 1);
            }
            throw new InvalidRequestException(
                    path, value.getClass().getName(), "must be null, a boolean, a number, a text, a list or a map");
        }

        private static BigDecimal number(String path, Number number) {
            var exact = Double.isFinite(number.doubleValue()) ? parsed(number.toString()) : null;
            if (exact == null) {
                throw new InvalidRequestException(path, number, "must be a finite number");
            }
            if (Math.abs((long) exact.scale()) > MAX_PLACES) {
                throw new InvalidRequestException(
                        path, number, "must be a number of at most " + MAX_PLACES + " decimal places");
            }
            return exact;
        }

        private static @Nullable BigDecimal parsed(String number) {
            try {
                return new BigDecimal(number);
            } catch (NumberFormatException e) {
                return null;
            }
        }

        private List<@Nullable Object> list(String path, List<?> list, int levels) {
            checkLevels(levels);
            var copy = new ArrayList<@Nullable Object>(list.size());
            for (Object item : list) {
                copy.add(value(path, item, levels));
            }
            return Collections.unmodifiableList(copy);
        }

        private Map<String, @Nullable Object> map(String path, Map<?, ?> map, int levels) {
            checkLevels(levels);
            var copy = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, item) -> {
                if (!(key instanceof String name)) {
                    throw new InvalidRequestException(path, String.valueOf(key), "must have text keys");
                }
                StorableText.checkText(root, name);
                room.take(name.length());
                copy.put(name, value(path + "." + name, item, levels));
            });
            return Collections.unmodifiableMap(copy);
        }

        private void checkLevels(int levels) {
            if (levels > MAX_LEVELS) {
                throw new InvalidRequestException(
                        root, "a deeper value", "must be nested at most " + MAX_LEVELS + " levels deep");
            }
        }
    }
}
