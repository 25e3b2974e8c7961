package dev.reprise.store;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a task is where it is, when it is not the app's or the provider's doing: what holds it back, why nobody can run it,
 * or why the store itself has ended it. Reasons that end a task as FAILED have a kind and a blame, as every failure.
 */
public enum Reason {
    /** HELD: as many tasks of its batch as may be are under way. */
    ADMISSION("admission", null),

    /** HELD: its batch is paused. */
    PAUSED("paused", null),

    /** PARKED: nobody has registered its provider; the detail is the name. */
    UNKNOWN_PROVIDER("unknown_provider", null),

    /** PARKED: nobody has registered its output processor; the detail is the name. */
    UNKNOWN_PROCESSOR("unknown_processor", null),

    /** PARKED: nobody has registered its handler; the detail is the name. */
    UNKNOWN_HANDLER("unknown_handler", null),

    /** PARKED: its row or payload cannot be read. */
    UNREADABLE("unreadable_payload", null),

    /** Shown as PARKED: a newer version has put it into a state that this one does not know; the detail is the state. */
    UNKNOWN_STATE("unknown_state", null),

    /** FAILED: too many runners died on it, or one did and it must not be sent again. */
    CRASHED("crashed", FailureKind.CRASHED),

    /** FAILED: its deadline came while it waited for its turn. */
    DEADLINE("deadline", FailureKind.DEADLINE),

    /** FAILED: its outcome could not be stored. */
    UNSTORABLE("unstorable", FailureKind.UNSTORABLE),

    /** FAILED: the person who was asked said no. */
    REJECTED("rejected", FailureKind.CANCELLED),

    /** SKIPPED: a task it depends on did not succeed. */
    DEPENDENCY("dependency", null),

    /** SKIPPED: a task of its batch failed, and the batch stops then. */
    STOPPED("stopped", null),

    /** A reason of a newer version that this one does not know; the detail is its word. */
    OTHER("other", null);

    private static final Map<String, Reason> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Reason::code, Function.identity()));

    private final String code;
    private final @Nullable FailureKind kind;

    Reason(String code, @Nullable FailureKind kind) {
        this.code = code;
        this.kind = kind;
    }

    /** The word that stores keep for it; it never changes. */
    public String code() {
        return code;
    }

    /** The kind of failure that a task has ended with, or null when the reason does not fail it. */
    public @Nullable FailureKind kind() {
        return kind;
    }

    /** Who is to blame for that failure, or null when the reason does not fail a task. */
    public @Nullable Blame blame() {
        return kind == null ? null : kind.blame();
    }

    /** The failure that a task has ended with, or null when the reason does not fail it. */
    public @Nullable FailureSummary failure() {
        return kind == null ? null : new FailureSummary(kind, kind.blame(), null);
    }

    /** The reason with this code, or null when this version does not know it. */
    public static @Nullable Reason ofCode(String code) {
        return BY_CODE.get(code);
    }

    /** This reason without a detail. */
    public StateReason plain() {
        return new StateReason(this, null);
    }

    /** This reason with a detail. */
    public StateReason of(String detail) {
        return new StateReason(this, detail);
    }
}
