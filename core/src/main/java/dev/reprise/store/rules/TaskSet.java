package dev.reprise.store.rules;

import dev.reprise.generation.TaskState;
import dev.reprise.store.Reason;
import dev.reprise.store.StateReason;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sets of tasks that stores look for, by state and reason. A store that says them in a query language of its own
 * makes the words from here.
 */
public enum TaskSet {

    /** May be claimed. */
    CLAIMABLE(EnumSet.of(TaskState.READY)),

    /** Wait for their time. */
    SCHEDULED(EnumSet.of(TaskState.SCHEDULED)),

    /** Wait for others to succeed. */
    DEPENDENT(EnumSet.of(TaskState.WAITING)),

    /** A runner has them. */
    LEASED(EnumSet.of(TaskState.RUNNING, TaskState.UPLOADING)),

    /** A runner has them, and nothing has come back from the provider. */
    RUNNING(EnumSet.of(TaskState.RUNNING)),

    /** Take a place in a batch with a limit; one that waits for its retry keeps its place. */
    UNDER_WAY(EnumSet.of(TaskState.SCHEDULED, TaskState.READY, TaskState.RUNNING, TaskState.UPLOADING)),

    /** Wait for a place in their batch. */
    ADMISSIBLE(EnumSet.of(TaskState.HELD), EnumSet.of(Reason.ADMISSION)),

    /** Are held because their batch is paused. */
    PAUSED(EnumSet.of(TaskState.HELD), EnumSet.of(Reason.PAUSED)),

    /** Nobody knew how to run them; somebody may by now. */
    UNPARKABLE(
            EnumSet.of(TaskState.PARKED),
            EnumSet.of(Reason.UNKNOWN_PROVIDER, Reason.UNKNOWN_PROCESSOR, Reason.UNKNOWN_HANDLER)),

    /** Wait for anything but a runner: what ends at its deadline, and what a batch that stops skips. */
    WAITING(EnumSet.of(
            TaskState.WAITING,
            TaskState.HELD,
            TaskState.SCHEDULED,
            TaskState.READY,
            TaskState.AWAITING_DECISION,
            TaskState.PARKED)),

    /** Have not ended. */
    OPEN(EnumSet.complementOf(
            EnumSet.of(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED, TaskState.SKIPPED))),

    /** Have failed. */
    FAILED(EnumSet.of(TaskState.FAILED)),

    /** Are looked for by state among many that have ended well, and have no index of their own. */
    RARE(EnumSet.of(
            TaskState.WAITING,
            TaskState.HELD,
            TaskState.AWAITING_DECISION,
            TaskState.PARKED,
            TaskState.FAILED,
            TaskState.CANCELLED,
            TaskState.SKIPPED));

    @SuppressWarnings("ImmutableEnumChecker") // copied, so that nobody can change it
    private final Set<TaskState> states;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Reason> reasons;

    TaskSet(Set<TaskState> states) {
        this(states, EnumSet.noneOf(Reason.class));
    }

    TaskSet(Set<TaskState> states, Set<Reason> reasons) {
        this.states = Set.copyOf(states);
        this.reasons = Set.copyOf(reasons);
    }

    /** The states that are in it. */
    public Set<TaskState> states() {
        return states;
    }

    /** The reasons that are in it; empty for any reason and for none. */
    public Set<Reason> reasons() {
        return reasons;
    }

    /** Whether a task is in it. */
    public boolean has(@Nullable TaskState state, @Nullable StateReason reason) {
        return state != null
                && states.contains(state)
                && (reasons.isEmpty() || (reason != null && reasons.contains(reason.reason())));
    }

    /**
     * The set as a condition in SQL.
     *
     * @param table what the columns {@code state} and {@code reason} are of, with its dot; or empty
     */
    public String sql(String table) {
        var words = states.stream().map(state -> quoted(state.name())).sorted().toList();
        var text = words.size() == 1
                ? table + "state = " + words.get(0)
                : table + "state IN (" + String.join(", ", words) + ")";
        if (reasons.isEmpty()) {
            return text;
        }
        var codes =
                reasons.stream().map(reason -> quoted(reason.code())).sorted().collect(Collectors.joining(", "));
        return text + " AND " + table + "reason IN (" + codes + ")";
    }

    private static String quoted(String word) {
        return "'" + word + "'";
    }
}
