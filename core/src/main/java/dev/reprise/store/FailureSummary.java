package dev.reprise.store;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a store keeps of a failure in columns, beside the payload that tells all of it, so that a query can count it.
 *
 * @param kind what went wrong
 * @param blame who has to change something
 * @param status the provider's HTTP status, or null when there was none
 */
public record FailureSummary(
        FailureKind kind, Blame blame, @Nullable Integer status) {

    /** What is kept of a failure. */
    public static FailureSummary of(GenerationFailure failure) {
        return new FailureSummary(failure.kind(), failure.blame(), failure.status());
    }

    /** What a store keeps in three columns, read again; words of a newer version are read as UNKNOWN. */
    public static @Nullable FailureSummary of(@Nullable String kind, @Nullable String blame, @Nullable Integer status) {
        if (kind == null) {
            return null;
        }
        var known = constant(FailureKind.class, kind, FailureKind.UNKNOWN);
        return new FailureSummary(
                known, blame == null ? known.blame() : constant(Blame.class, blame, known.blame()), status);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name, E fallback) {
        for (E one : type.getEnumConstants()) {
            if (one.name().equals(name)) {
                return one;
            }
        }
        return fallback;
    }
}
