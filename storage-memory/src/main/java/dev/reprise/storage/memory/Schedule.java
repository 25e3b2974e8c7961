package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.store.Promotion;
import dev.reprise.store.Reasons;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happens by time alone: waits end, and deadlines come. Guarded by the store's lock. */
final class Schedule {

    private final Queues queues;
    private final Transitions transitions;
    private final Endings endings;

    Schedule(Queues queues, Transitions transitions, Endings endings) {
        this.queues = queues;
        this.transitions = transitions;
        this.endings = endings;
    }

    Promotion promote(Instant now) {
        var expired = expire(now);
        int promoted = 0;
        var scheduled = queues.scheduled();
        while (!scheduled.isEmpty() && !scheduled.first().due().isAfter(now)) {
            transitions.ready(scheduled.first());
            promoted++;
        }
        return new Promotion(promoted, expired.stream().map(Task::id).toList(), untilNext(now));
    }

    private List<Task> expire(Instant now) {
        List<Task> expired = new ArrayList<>();
        var mustEnd = queues.mustEnd();
        while (!mustEnd.isEmpty() && !mustEnd.first().mustEndBy().isAfter(now)) {
            var task = mustEnd.first();
            transitions.end(task, TaskState.FAILED, Reasons.DEADLINE, now);
            expired.add(task);
        }
        endings.spread(expired, now);
        return expired;
    }

    private @Nullable Duration untilNext(Instant now) {
        return Stream.concat(
                        queues.scheduled().stream().limit(1).map(Task::due),
                        queues.mustEnd().stream().limit(1).map(Task::mustEndBy))
                .min(Instant::compareTo)
                .map(next -> Duration.between(now, next))
                .orElse(null);
    }
}
