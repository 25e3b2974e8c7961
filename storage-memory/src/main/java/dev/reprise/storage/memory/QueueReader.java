package dev.reprise.storage.memory;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.TaskState;
import dev.reprise.store.QueueFigures;
import dev.reprise.store.QueueReads;
import dev.reprise.store.RunnerRow;
import dev.reprise.store.Scope;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells how the queue stands, without a look at what has ended but failures. */
final class QueueReader implements QueueReads {

    private final StoreLock lock;

    QueueReader(StoreLock lock) {
        this.lock = lock;
    }

    @Override
    public QueueFigures queue(Duration window) {
        if (window.isNegative() || window.isZero()) {
            throw new InvalidRequestException("window", window, "must be positive");
        }
        return lock.read(tx -> figures(tx, window));
    }

    private static QueueFigures figures(Tx tx, Duration window) {
        var depth = new HashMap<>(tx.tasks().visibleTo(Scope.ALL).counts());
        depth.keySet().removeIf(TaskState::isTerminal);
        var indexes = tx.tasks().indexes();
        var queues = List.of(indexes.queues(), indexes.others());
        return new QueueFigures(
                tx.now(),
                depth,
                earliest(queues.stream().map(Queues::oldestClaimable)),
                queues.stream()
                        .mapToLong(queue -> queue.scheduled().until(tx.now()).count())
                        .sum(),
                earliest(queues.stream().map(queue -> queue.scheduled().first())),
                failures(indexes.failed().from(start(tx.now(), window))));
    }

    private static @Nullable Instant earliest(Stream<@Nullable Instant> instants) {
        return instants.filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
    }

    private static Instant start(Instant now, Duration window) {
        try {
            return now.minus(window);
        } catch (DateTimeException | ArithmeticException e) {
            return Instant.MIN;
        }
    }

    private record Kind(
            FailureKind kind, String provider, @Nullable String label) {

        private static Kind of(TaskEntry task) {
            var failure = task.failure();
            return new Kind(
                    failure == null ? FailureKind.UNKNOWN : failure.kind(),
                    Objects.requireNonNullElse(task.labels.provider(), ""),
                    task.labels.label());
        }
    }

    private static List<QueueFigures.Failures> failures(Stream<TaskEntry> failed) {
        Map<Kind, Long> counts = new HashMap<>();
        failed.forEach(task -> counts.merge(Kind.of(task), 1L, Long::sum));
        var failures = new ArrayList<QueueFigures.Failures>();
        counts.forEach(
                (kind, count) -> failures.add(new QueueFigures.Failures(kind.kind, kind.provider, kind.label, count)));
        failures.sort(Comparator.<QueueFigures.Failures>comparingLong(one -> -one.count())
                .thenComparing(QueueFigures.Failures::kind)
                .thenComparing(QueueFigures.Failures::provider)
                .thenComparing(one -> Objects.requireNonNullElse(one.label(), "")));
        return failures;
    }

    @Override
    public List<RunnerRow> runners() {
        return lock.read(tx -> Stream.concat(tx.runners().alive().stream(), tx.runners().dead().stream())
                .map(RunnerEntry::row)
                .sorted(Comparator.comparing(RunnerRow::startedAt)
                        .thenComparing(runner -> runner.id().value()))
                .toList());
    }
}
