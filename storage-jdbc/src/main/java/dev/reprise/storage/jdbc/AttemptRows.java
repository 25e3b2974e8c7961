package dev.reprise.storage.jdbc;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Usage;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.Payload;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and makes rows of the attempt table. */
final class AttemptRows {

    static final Table TABLE = Table.of(
            "attempt",
            "task text",
            "epoch bigint",
            "run integer",
            "attempt_no integer",
            "outcome text",
            "nonce text",
            "started_at bigint",
            "ended_at bigint",
            "delay_ms bigint",
            "input_tokens bigint",
            "output_tokens bigint",
            "cache_read_tokens bigint",
            "cache_write_tokens bigint",
            "detail bytea");

    /** What {@link #read} needs, of a table called {@code a}. */
    static final String COLUMNS = """
            a.epoch AS attempt_epoch, a.run AS attempt_run, a.attempt_no, a.outcome AS attempt_outcome, a.started_at, \
            a.ended_at, a.delay_ms, a.input_tokens, a.output_tokens, a.cache_read_tokens, a.cache_write_tokens, \
            a.detail AS attempt_detail""";

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRows.class);

    private AttemptRows() {}

    /** An attempt of the latest claim of a task, as it ended just now. */
    static @Nullable Object[] row(
            LockedTask task, AttemptOutcome outcome, @Nullable String nonce, @Nullable Long delay, Usage usage) {
        long startedAt = task.claimedAt() == null ? task.now() : task.claimedAt();
        return new @Nullable Object[] {
            task.id(),
            task.epoch(),
            task.run(),
            task.counters().attempts(),
            outcome.name(),
            nonce,
            startedAt,
            Math.max(startedAt, task.now()),
            delay,
            usage.inputTokens(),
            usage.outputTokens(),
            usage.cacheReadTokens(),
            usage.cacheWriteTokens(),
            null
        };
    }

    /** The same with what its runner reports. */
    static @Nullable Object[] row(LockedTask task, AttemptReport report, String nonce, @Nullable Long delay) {
        @Nullable Object[] row = row(task, report.outcome(), nonce, delay, report.usage());
        var detail = report.detail();
        row[row.length - 1] = detail == null ? null : detail.bytes();
        return row;
    }

    /** The attempt in this row; empty when there is none, or none that this version knows. */
    static Optional<AttemptRow> read(Row row) throws SQLException {
        Long epoch = row.bigOrNull("attempt_epoch");
        if (epoch == null) {
            return Optional.empty();
        }
        var outcome = row.text("attempt_outcome");
        try {
            Long delay = row.bigOrNull("delay_ms");
            return Optional.of(new AttemptRow(
                    row.number("attempt_run"),
                    epoch,
                    row.number("attempt_no"),
                    AttemptOutcome.valueOf(outcome),
                    row.instant("started_at"),
                    row.instant("ended_at"),
                    delay == null ? null : Duration.ofMillis(delay),
                    new Usage(
                            row.big("input_tokens"),
                            row.big("output_tokens"),
                            row.big("cache_read_tokens"),
                            row.big("cache_write_tokens")),
                    Payload.ofNullable(row.bytes("attempt_detail"))));
        } catch (IllegalArgumentException e) {
            LOG.warn("attempt {} of task {} is left out: {}", epoch, row.text("id"), e.getMessage());
            return Optional.empty();
        }
    }
}
