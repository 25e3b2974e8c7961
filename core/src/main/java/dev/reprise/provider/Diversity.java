package dev.reprise.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How variations are told apart where the temperature cannot be sent: a text added to the prompt, one for each index.
 * What was added is shown in {@link dev.reprise.generation.Sent#diversity()}. Thread-safe.
 */
@FunctionalInterface
public interface Diversity {

    /**
     * The text to add for a variation, or null to add none.
     *
     * @param index the variation's place, from 0
     * @param count how many variations there are, at least 2
     */
    @Nullable
    String angle(int index, int count);

    /** Adds nothing: variations of a model without temperature may come out alike. */
    static Diversity off() {
        return (index, count) -> null;
    }

    /** A distinct angle for each index, worded to change the approach and not the facts. */
    static Diversity angles() {
        var angles = List.of(
                "Take the most direct approach.",
                "Take an unexpected approach, unlike the obvious one.",
                "Lead with the feeling before the facts.",
                "Lead with a concrete detail and build outwards from it.",
                "Be as plain and economical as you can.",
                "Be vivid and generous with detail.",
                "Structure it around questions and answers.",
                "Structure it in clear steps.");
        return (index, count) -> "This is variation " + (index + 1) + " of " + count
                + ", which must differ clearly from the others. " + angles.get(index % angles.size());
    }
}
