package dev.reprise.store;

import org.jspecify.annotations.Nullable;

/**
 * A reason as it stands on a task.
 *
 * @param reason the reason
 * @param detail what it is about, as the name of an unknown provider; or null
 */
public record StateReason(Reason reason, @Nullable String detail) {

    /** What a store keeps in two columns, read again; a code that this version does not know is {@link Reason#OTHER}. */
    public static @Nullable StateReason of(@Nullable String code, @Nullable String detail) {
        if (code == null) {
            return null;
        }
        var known = Reason.ofCode(code);
        return known == null ? new StateReason(Reason.OTHER, code) : new StateReason(known, detail);
    }

    /** For people: the code, with the detail after a colon when there is one. */
    public String text() {
        return detail == null ? reason.code() : reason.code() + ":" + detail;
    }

    @Override
    public String toString() {
        return text();
    }
}
