package dev.reprise.storage.memory;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.NewTask;
import dev.reprise.store.ReapReport;
import dev.reprise.store.Reasons;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How runners are found dead, and what becomes of what they had. Guarded by the store's lock. */
final class Reaper {

    private final Runners runners;
    private final Transitions transitions;
    private final Endings endings;

    Reaper(Runners runners, Transitions transitions, Endings endings) {
        this.runners = runners;
        this.transitions = transitions;
        this.endings = endings;
    }

    /** Takes the tasks of all runners but the observer whose leases have run out. */
    ReapReport reap(RunnerEntry observer, Instant now) {
        if (!observer.alive()) {
            return ReapReport.NOTHING;
        }
        var dead = new ArrayList<RunnerId>();
        var resumed = new ArrayList<GenerationId>();
        var failed = new ArrayList<GenerationId>();
        for (RunnerEntry runner : runners.alive()) {
            if (runner != observer && runner.expired(now)) {
                bury(runner, observer.spec().crashCap(), resumed, failed, now);
                dead.add(runner.id());
            }
        }
        return new ReapReport(dead, resumed, failed);
    }

    /** Ends a runner that says so itself; true the first time. */
    boolean leave(RunnerEntry runner, Instant now) {
        boolean first = runner.alive();
        if (first) {
            bury(runner, runner.spec().crashCap(), new ArrayList<>(), new ArrayList<>(), now);
        }
        return first;
    }

    private void bury(RunnerEntry runner, int cap, List<GenerationId> resumed, List<GenerationId> failed, Instant now) {
        runners.remove(runner);
        var ended = new ArrayList<Task>();
        for (Task task : runner.held()) {
            task.endClaim(EndedClaim.taken(task, runner, AttemptOutcome.UNKNOWN, now));
            task.count(task.counters().crashed());
            if (task.counters().crashes() >= cap || task.onCrash == NewTask.OnCrash.FAIL) {
                transitions.end(task, TaskState.FAILED, Reasons.CRASHED, now);
                ended.add(task);
                failed.add(task.id());
            } else {
                transitions.ready(task);
                resumed.add(task.id());
            }
        }
        endings.spread(ended, now);
    }
}
