package dev.reprise.testkit.store;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.Reason;
import dev.reprise.store.StateReason;
import dev.reprise.store.TaskEnd;
import org.jspecify.annotations.Nullable;

/** Ends to expect, written in one line: of the first run of a task by itself that the usual owner has. */
final class Ends {

    private Ends() {}

    static TaskEnd succeeded(String id) {
        return end(id, TaskState.SUCCEEDED, null, null);
    }

    /** Failed by its outcome. */
    static TaskEnd failed(String id) {
        return end(id, TaskState.FAILED, null, Outcomes.OVERLOADED);
    }

    /** Failed by the store. */
    static TaskEnd failed(String id, Reason reason) {
        return end(id, TaskState.FAILED, reason, reason.failure());
    }

    static TaskEnd cancelled(String id) {
        return end(id, TaskState.CANCELLED, null, null);
    }

    static TaskEnd skipped(String id, Reason reason) {
        return end(id, TaskState.SKIPPED, reason, null);
    }

    /** The same end in a batch. */
    static TaskEnd in(String batch, TaskEnd end) {
        return new TaskEnd(
                end.id(), end.owner(), new BatchId(batch), end.run(), end.state(), end.reason(), end.failure());
    }

    private static TaskEnd end(String id, TaskState state, @Nullable Reason reason, @Nullable FailureSummary failure) {
        StateReason why = reason == null ? null : reason.plain();
        return new TaskEnd(Draft.id(id), Draft.OWNER, null, 1, state, why, failure);
    }
}
