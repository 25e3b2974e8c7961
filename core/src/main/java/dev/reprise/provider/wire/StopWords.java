package dev.reprise.provider.wire;

import dev.reprise.generation.StopReason;
import dev.reprise.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What providers' words for the end of an answer mean, in any case: the table {@code stop-words.txt}. A word that is not
 * in it is unknown, unless it speaks of a breakdown.
 */
public final class StopWords {

    /** The table's file, beside this class. */
    static final String FILE = "stop-words.txt";

    private static final Map<String, StopReason> MEANINGS = FactTable.read(FILE).stream()
            .collect(Collectors.toUnmodifiableMap(
                    fact -> key(fact.sign()), fact -> StopReason.valueOf(fact.meaning()), StopWords::same));

    /** What a word about a breakdown has in it. */
    private static final List<String> BREAKDOWNS =
            List.of("error", "abort", "cancel", "interrupt", "timeout", "timed_out", "fail", "overload", "unavailable");

    private StopWords() {}

    /** The meaning of a word. */
    static StopReason meaning(String word) {
        var key = key(word);
        var known = MEANINGS.get(key);
        if (known != null) {
            return known;
        }
        return BREAKDOWNS.stream().anyMatch(key::contains) ? StopReason.INTERRUPTED : StopReason.OTHER;
    }

    /** The word that a member is, or null when it is none; SGLang's own is an object with a type. */
    public static @Nullable String word(@Nullable Object value) {
        var type = JsonObject.ofNullable(value);
        var word = type != null ? type.get("type") : value;
        var text = word == null ? "" : word.toString().strip();
        return text.isEmpty() || text.equalsIgnoreCase("null") || text.equalsIgnoreCase("none") ? null : text;
    }

    private static String key(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    private static StopReason same(StopReason one, StopReason other) {
        if (one != other) {
            throw new IllegalStateException(FILE + " gives a word two meanings: " + one + " and " + other);
        }
        return one;
    }
}
