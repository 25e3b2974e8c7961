package dev.reprise.runner;

import dev.reprise.store.ClaimedTask;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.TaskRef;

/**
 * A task that this process has claimed and works on.
 *
 * @param task the task, as claimed
 * @param session the incarnation that claimed it: the only one that can store its outcome
 * @param call its provider call
 * @param claimedNanos the process's monotonic reading at the claim
 */
record Claim(ClaimedTask task, RunnerSession session, ActiveCall call, long claimedNanos) {

    TaskRef ref() {
        return task.ref();
    }
}
