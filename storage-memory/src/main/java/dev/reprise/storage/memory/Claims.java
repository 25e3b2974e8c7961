package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Reasons;
import dev.reprise.store.TaskRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How tasks come to a runner and go back unsent. Guarded by the store's lock. */
final class Claims {

    private final Tables tables;
    private final Queues queues;
    private final Transitions transitions;
    private final Admission admission;

    Claims(Tables tables, Queues queues, Transitions transitions, Admission admission) {
        this.tables = tables;
        this.queues = queues;
        this.transitions = transitions;
        this.admission = admission;
    }

    /** Claims the next READY tasks. */
    List<ClaimedTask> next(RunnerEntry runner, int limit, Instant now) {
        var claimed = new ArrayList<ClaimedTask>();
        while (runner.alive() && claimed.size() < limit && !queues.ready().isEmpty()) {
            claimed.add(take(queues.ready().first(), runner, now));
        }
        return claimed;
    }

    /** Claims some of these tasks, those that are READY, in the order of claims. */
    List<ClaimedTask> of(Collection<Task> tasks, RunnerEntry runner, int limit, Instant now) {
        if (!runner.alive() || limit < 1) {
            return List.of();
        }
        return tasks.stream()
                .filter(task -> task.state() == TaskState.READY)
                .sorted(Task.BY_PRIORITY_AND_AGE)
                .limit(limit)
                .toList()
                .stream()
                .map(task -> take(task, runner, now))
                .toList();
    }

    private ClaimedTask take(Task task, RunnerEntry runner, Instant now) {
        transitions.run(task, runner, now);
        return task.claim(now);
    }

    /** Gives back what the runner still has of these; how many. */
    int handBack(Collection<TaskRef> refs, RunnerEntry runner) {
        int count = 0;
        for (TaskRef ref : refs) {
            var task = tables.row(ref.id());
            if (task != null && task.isHeldBy(runner, ref.epoch()) && task.state() == TaskState.RUNNING) {
                task.count(task.counters().handedBack());
                transitions.ready(task);
                count++;
            }
        }
        return count;
    }

    int unpark(Set<String> providers, Set<String> processors) {
        var tasks = Stream.concat(
                        providers.stream().map(name -> Reasons.UNKNOWN_PROVIDER + name),
                        processors.stream().map(name -> Reasons.UNKNOWN_PROCESSOR + name))
                .flatMap(reason -> queues.parkedFor(reason).stream())
                .toList();
        tasks.forEach(admission::unpark);
        return tasks.size();
    }
}
