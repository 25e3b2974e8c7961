package dev.reprise.storage.memory;

import dev.reprise.identity.GenerationId;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.ReapReport;
import dev.reprise.store.rules.TaskRules;
import java.util.ArrayList;
import java.util.List;

/** How runners are found dead, and what becomes of what they had. Guarded by the store's lock. */
final class Reaper {

    private Reaper() {}

    /** Takes the tasks of all runners but the observer whose leases have run out. */
    static ReapReport reap(Tx tx, RunnerEntry observer) {
        if (!observer.isAlive()) {
            return ReapReport.NOTHING;
        }
        tx.runners().forget(tx.now());
        var expired = tx.runners().alive().stream()
                .filter(runner -> runner != observer && runner.isExpired(tx.now()))
                .toList();
        return take(tx, expired, observer.spec().crashCap());
    }

    /** Ends a runner that says so itself; true the first time. */
    static boolean leave(Tx tx, RunnerEntry runner) {
        boolean first = runner.isAlive();
        if (first) {
            take(tx, List.of(runner), runner.spec().crashCap());
        }
        return first;
    }

    private static ReapReport take(Tx tx, List<RunnerEntry> expired, int crashCap) {
        var writer = new TaskWriter(tx);
        var dead = new ArrayList<RunnerId>();
        var resumed = new ArrayList<GenerationId>();
        for (RunnerEntry runner : expired) {
            tx.runners().die(runner, tx.now());
            dead.add(runner.id());
            for (TaskEntry task : runner.held()) {
                var step = TaskRules.runnerDied(task.facts(), crashCap, tx.now());
                if (writer.change(task, step) && step != null && !step.isEnd()) {
                    resumed.add(task.id());
                }
            }
        }
        return new ReapReport(dead, resumed, writer.finish());
    }
}
