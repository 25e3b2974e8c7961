package dev.reprise.store.rules;

import dev.reprise.generation.TaskState;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of legal transitions, over state and run. */
public final class Transitions {

    /** Where a task may begin, at its birth and when it is started over. */
    private static final Set<TaskState> BEGINNINGS = EnumSet.of(
            TaskState.WAITING,
            TaskState.HELD,
            TaskState.SCHEDULED,
            TaskState.READY,
            TaskState.AWAITING_DECISION,
            TaskState.SKIPPED);

    /** What a task may stay in while it changes: what it still waits for, why it is held. */
    private static final Set<TaskState> LASTING = EnumSet.of(TaskState.WAITING, TaskState.HELD);

    private Transitions() {}

    /** Whether a task may begin a run so. */
    public static boolean isBeginning(TaskState state) {
        return BEGINNINGS.contains(state);
    }

    /** Whether a task may change so. Within a run an end is final; a higher run begins anew from wherever it was. */
    public static boolean isLegal(@Nullable TaskState from, int fromRun, TaskState to, int toRun) {
        if (from == null || toRun < fromRun) {
            return false;
        }
        if (toRun > fromRun) {
            return isBeginning(to);
        }
        return from.canBecome(to) || (from == to && LASTING.contains(from));
    }
}
