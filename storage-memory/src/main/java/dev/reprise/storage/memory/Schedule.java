package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Promotion;
import dev.reprise.store.Reasons;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happens by time alone: waits end, and deadlines come. Guarded by the store's lock. */
final class Schedule {

    private static final int MOST_AT_ONCE = 500;

    private final Queues queues;
    private final Transitions transitions;
    private final Endings endings;

    Schedule(Queues queues, Transitions transitions, Endings endings) {
        this.queues = queues;
        this.transitions = transitions;
        this.endings = endings;
    }

    Promotion promote(Instant now) {
        var due = queues.scheduled().stream()
                .takeWhile(task -> !task.due().isAfter(now))
                .filter(task -> task.mustEndBy().isAfter(now))
                .toList();
        due.forEach(transitions::ready);
        return new Promotion(
                due.size(),
                until(now, queues.scheduled().stream().map(Task::due)),
                until(now, queues.mustEnd().stream().map(Task::mustEndBy)));
    }

    /** Fails what waits beyond its deadline. */
    List<GenerationId> expire(Instant now) {
        var expired = queues.mustEnd().stream()
                .takeWhile(task -> !task.mustEndBy().isAfter(now))
                .limit(MOST_AT_ONCE)
                .toList();
        expired.forEach(task -> transitions.end(task, TaskState.FAILED, Reasons.DEADLINE, now));
        endings.spread(expired, now);
        return expired.stream().map(Task::id).toList();
    }

    private static @Nullable Duration until(Instant now, Stream<Instant> next) {
        return next.findFirst()
                .map(time -> time.isAfter(now) ? Duration.between(now, time) : Duration.ZERO)
                .orElse(null);
    }
}
