package dev.reprise.examples.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a text has to end at the latest.
 *
 * @param maxTokens the most tokens it may have
 * @param stops texts before whose first occurrence it ends
 */
record Limits(int maxTokens, List<String> stops) {

    Limits {
        stops = List.copyOf(stops);
    }

    Ending applyTo(String text) {
        String cut = text;
        String stop = null;
        for (String candidate : stops) {
            int at = candidate.isEmpty() ? -1 : cut.indexOf(candidate);
            if (at >= 0) {
                cut = cut.substring(0, at);
                stop = candidate;
            }
        }
        String fitting = Tokens.first(cut, maxTokens);
        if (fitting.length() < cut.length()) {
            return new Ending(fitting, Why.LENGTH, null);
        }
        return new Ending(cut, stop == null ? Why.DONE : Why.STOP_SEQUENCE, stop);
    }

    /** Why a text ends. */
    enum Why {
        DONE,
        STOP_SEQUENCE,
        LENGTH
    }

    /** A text within its limits, and the stop sequence that ended it, if one did. */
    record Ending(String text, Why why, @Nullable String stop) {}
}
