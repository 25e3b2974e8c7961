package dev.reprise.provider.wire;

import dev.reprise.generation.StopReason;
import org.jspecify.annotations.Nullable;

/**
 * Why a model stopped, as far as it has been said.
 *
 * @param word the provider's word, or null when there was none
 * @param reason what it means
 */
public record Stop(@Nullable String word, StopReason reason) {

    /** Nothing has been said. */
    public static final Stop UNSAID = new Stop(null, StopReason.OTHER);

    /**
     * This after a further word. None, or an unknown one, undoes nothing, and a good end does not undo a bad one.
     *
     * @param further the further word, or null
     */
    public Stop then(@Nullable String further) {
        if (further == null) {
            return this;
        }
        var meaning = StopWords.meaning(further);
        boolean open = word == null || reason == StopReason.OTHER;
        boolean good = reason == StopReason.END || reason == StopReason.STOP_SEQUENCE;
        return open || (good && meaning != StopReason.OTHER) ? new Stop(further, meaning) : this;
    }

    /** Whether the answer is known not to have come to a good end. */
    boolean bad() {
        return reason != StopReason.END && reason != StopReason.STOP_SEQUENCE && reason != StopReason.OTHER;
    }
}
