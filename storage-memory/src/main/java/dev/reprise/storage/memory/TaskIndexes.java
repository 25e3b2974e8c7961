package dev.reprise.storage.memory;

import dev.reprise.identity.Owner;
import dev.reprise.store.Scope;
import dev.reprise.store.rules.TaskSet;
import java.util.HashMap;
import java.util.Map;

/** All that finds a task by what its row says, and so follows every change of it. Guarded by the store's lock. */
final class TaskIndexes {

    private static final OwnerEntry NOTHING = new OwnerEntry();

    private final Queues queues = new Queues();
    private final Queues others = new Queues();
    private final TimeIndex ended = new TimeIndex();
    private final TimeIndex failed = new TimeIndex();
    private final Map<Owner, OwnerEntry> owners = new HashMap<>();
    private final OwnerEntry everybody = new OwnerEntry();
    private boolean readied;

    /** A task is born. */
    void add(TaskEntry task) {
        if (task.batch != null) {
            task.batch.add(task);
        }
        everybody.add(task);
        owners.computeIfAbsent(task.owner, owner -> new OwnerEntry()).add(task);
        enter(task);
    }

    /** Follows a task into what its row says now. */
    void enter(TaskEntry task) {
        queuesOf(task).enter(task);
        readied |= TaskSet.CLAIMABLE.has(task.state(), task.reason());
        var runner = task.runner();
        if (runner != null) {
            runner.add(task);
        }
        if (task.batch != null) {
            task.batch.enter(task);
        }
        ended.add(task.finishedAt(), task);
        if (TaskSet.FAILED.has(task.state(), task.reason())) {
            failed.add(task.finishedAt(), task);
        }
        if (!task.isDeleted()) {
            everybody.enter(task);
            visibleTo(new Scope(task.owner)).enter(task);
        }
    }

    /** Follows a task out of what its row has said. */
    void leave(TaskEntry task) {
        queuesOf(task).leave(task);
        var runner = task.runner();
        if (runner != null) {
            runner.remove(task);
        }
        if (task.batch != null) {
            task.batch.leave(task);
        }
        forget(task);
        if (!task.isDeleted()) {
            everybody.leave(task);
            visibleTo(new Scope(task.owner)).leave(task);
        }
    }

    /** A task that has ended is not seen any more. */
    void hide(TaskEntry task) {
        if (task.batch != null) {
            task.batch.hide();
        }
        everybody.leave(task);
        everybody.remove(task);
        var owned = visibleTo(new Scope(task.owner));
        owned.leave(task);
        owned.remove(task);
        if (owned.isEmpty()) {
            owners.remove(task.owner);
        }
    }

    /** A task that has been hidden is gone for good. */
    void forget(TaskEntry task) {
        ended.remove(task.finishedAt(), task);
        if (TaskSet.FAILED.has(task.state(), task.reason())) {
            failed.remove(task.finishedAt(), task);
        }
    }

    /** Whether a task may be claimed that could not be since the last time this was asked. */
    boolean takeReadied() {
        boolean taken = readied && queues.hasClaimable();
        readied = false;
        return taken;
    }

    private Queues queuesOf(TaskEntry task) {
        return task.facts().isMine() ? queues : others;
    }

    /** The queues of what this version may change. */
    Queues queues() {
        return queues;
    }

    /** The queues of what only newer versions may change. */
    Queues others() {
        return others;
    }

    /** The tasks that have ended, by when. */
    TimeIndex ended() {
        return ended;
    }

    /** The tasks that have FAILED, by when. */
    TimeIndex failed() {
        return failed;
    }

    OwnerEntry visibleTo(Scope scope) {
        return scope.owner() == null ? everybody : owners.getOrDefault(scope.owner(), NOTHING);
    }
}
