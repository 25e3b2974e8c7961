package dev.reprise.storage.memory;

import dev.reprise.generation.Usage;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.rules.OutcomeRules;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Attempts that have ended: one for each claim that may have reached the provider. */
final class Attempts implements Companion {

    private final Map<GenerationId, NavigableMap<Long, Entry>> attempts = new HashMap<>();

    /**
     * An attempt's row.
     *
     * @param row what is shown of it
     * @param nonce the outcome that closed it, or null while its runner has not told
     */
    private record Entry(AttemptRow row, @Nullable String nonce) {

        private Entry erased() {
            return new Entry(
                    new AttemptRow(
                            row.run(),
                            row.epoch(),
                            row.number(),
                            row.outcome(),
                            row.startedAt(),
                            row.endedAt(),
                            row.delay(),
                            row.usage(),
                            row.failure(),
                            null),
                    nonce);
        }
    }

    @Override
    public void changed(Tx tx, List<Change> changes) {
        for (Change change : changes) {
            if (change.attempt() != null) {
                add(change.task(), change.task().epoch(), change.attempt(), tx.now());
            }
        }
    }

    @Override
    public void erased(TaskEntry task) {
        of(task).replaceAll((epoch, entry) -> entry.erased());
    }

    @Override
    public void purged(TaskEntry task) {
        attempts.remove(task.id());
    }

    /** Records an outcome that does not hold the fence, as the rules say. */
    OutcomeReceipt late(TaskEntry task, TaskOutcome outcome, Instant now) {
        long epoch = outcome.ref().epoch();
        var entry = of(task).get(epoch);
        var late = OutcomeRules.late(
                new OutcomeRules.LateClaim(
                        task.facts(),
                        task.epoch(),
                        entry == null ? null : entry.row.outcome(),
                        entry == null ? null : entry.nonce),
                outcome);
        var report = outcome.attempt();
        if (late.record() != null && report != null) {
            var end = new Change.AttemptEnd(
                    late.record(),
                    outcome.nonce(),
                    report.usage(),
                    report.failure(),
                    task.isDeleted() ? null : report.detail(),
                    null);
            if (entry == null) {
                add(task, epoch, end, now);
            } else {
                of(task).put(epoch, closed(entry.row, end, now));
            }
        }
        return late.receipt();
    }

    private static Entry closed(AttemptRow row, Change.AttemptEnd end, Instant now) {
        return new Entry(
                new AttemptRow(
                        row.run(),
                        row.epoch(),
                        row.number(),
                        end.outcome(),
                        row.startedAt(),
                        now,
                        row.delay(),
                        end.usage(),
                        end.failure(),
                        end.detail()),
                end.nonce());
    }

    private void add(TaskEntry task, long epoch, Change.AttemptEnd end, Instant now) {
        var startedAt = Objects.requireNonNullElse(task.claimedAt(), now);
        attempts.computeIfAbsent(task.id(), id -> new TreeMap<>())
                .put(
                        epoch,
                        new Entry(
                                new AttemptRow(
                                        task.run(),
                                        epoch,
                                        task.counters().attempts(),
                                        end.outcome(),
                                        startedAt,
                                        now.isBefore(startedAt) ? startedAt : now,
                                        end.delay(),
                                        end.usage(),
                                        end.failure(),
                                        end.detail()),
                                end.nonce()));
    }

    private NavigableMap<Long, Entry> of(TaskEntry task) {
        var all = attempts.get(task.id());
        return all == null ? new TreeMap<>() : all;
    }

    /** A task's attempts, by epoch. */
    List<AttemptRow> rows(TaskEntry task) {
        return stream(task).toList();
    }

    /** What all of them have spent. */
    Usage usage(TaskEntry task) {
        return stream(task).map(AttemptRow::usage).reduce(Usage.NONE, Usage::plus);
    }

    private Stream<AttemptRow> stream(TaskEntry task) {
        return of(task).values().stream().map(Entry::row);
    }
}
