package dev.reprise.provider.wire;

import dev.reprise.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The token counts that an answer has reported so far. A count never falls: what is said later and is less is nothing. */
public final class TokenCounts {

    private final Map<String, Long> counts = new HashMap<>();

    /** Takes a usage object, or null for none. */
    public void add(@Nullable JsonObject usage) {
        if (usage != null) {
            add("", usage);
        }
    }

    private void add(String prefix, JsonObject usage) {
        for (String name : usage.members().keySet()) {
            var nested = usage.object(name);
            if (nested != null && prefix.isEmpty()) {
                add(name + ".", nested);
            } else if (usage.number(name) != null) {
                counts.merge(prefix + name, usage.numberOrZero(name), Math::max);
            }
        }
    }

    /** The first of these counts that has been reported and is over zero, or zero. */
    public long first(String... names) {
        for (String name : names) {
            long count = counts.getOrDefault(name, 0L);
            if (count > 0) {
                return count;
            }
        }
        return 0;
    }
}
