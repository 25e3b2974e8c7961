package dev.reprise.store.rules;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of what the latest attempt left for the next.
 *
 * @param kept whether what is there stays
 * @param text what replaces it, or null for nothing
 */
public record Handover(boolean kept, @Nullable String text) {

    /** It stays. */
    public static final Handover KEPT = new Handover(true, null);

    /** There is nothing any more. */
    public static final Handover NONE = new Handover(false, null);

    /** It is replaced. */
    public static Handover of(@Nullable String text) {
        return text == null ? NONE : new Handover(false, text);
    }
}
