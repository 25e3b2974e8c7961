package dev.reprise.codec;

import dev.reprise.generation.BatchSummary;
import dev.reprise.generation.GenerationSummary;
import dev.reprise.store.BatchRow;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.TaskSummary;
import org.jspecify.annotations.Nullable;

/** Turns rows without payloads into what lists show. */
public final class SummaryReader {

    private SummaryReader() {}

    /** A task as a list shows it. */
    public static GenerationSummary read(TaskSummary task) {
        var row = task.row();
        var placement = row.placement();
        var labels = row.labels();
        var reason = row.status().reason();
        return new GenerationSummary(
                row.id(),
                new GenerationSummary.Place(
                        row.owner().value(),
                        labels.kind(),
                        placement.batch(),
                        placement.position(),
                        placement.parent(),
                        row.times().createdAt()),
                new GenerationSummary.Names(labels.label(), labels.provider(), labels.model(), labels.processor()),
                new GenerationSummary.Progress(
                        row.state(),
                        reason == null ? null : reason.text(),
                        row.counters().attempts(),
                        row.times().dueAt(),
                        row.times().finishedAt(),
                        failure(row.status().failure())),
                task.usage());
    }

    private static GenerationSummary.@Nullable Failure failure(@Nullable FailureSummary failure) {
        return failure == null
                ? null
                : new GenerationSummary.Failure(failure.kind(), failure.blame(), failure.status());
    }

    /** A batch as a feed shows it. */
    public static BatchSummary read(BatchRow batch) {
        var counts = batch.counts();
        return new BatchSummary(
                batch.id(),
                batch.owner().value(),
                batch.label(),
                batch.createdAt(),
                batch.finishedAt(),
                new BatchSummary.Counts(
                        counts.size(),
                        counts.succeeded(),
                        counts.failed(),
                        counts.cancelled(),
                        counts.skipped(),
                        batch.started()),
                batch.first().stream().map(SummaryReader::read).toList());
    }
}
