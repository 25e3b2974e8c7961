package dev.reprise.storage.jdbc.reading;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Usage;
import dev.reprise.storage.jdbc.sql.Row;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.Payload;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads rows of the attempt table. */
public final class AttemptRowReader {

    /** What {@link #usage} needs, of a table called {@code a}. */
    static final String USAGE = """
            a.epoch AS attempt_epoch, a.input_tokens, a.output_tokens, a.cache_read_tokens, a.cache_write_tokens, \
            a.reasoning_tokens""";

    /** What {@link #read} needs, of a table called {@code a}. */
    static final String COLUMNS = USAGE + """
            , a.run AS attempt_run, a.attempt_no, a.outcome AS attempt_outcome, a.started_at, a.ended_at, a.delay_ms, \
            a.failure_kind AS attempt_failure_kind, a.failure_blame AS attempt_failure_blame, \
            a.failure_status AS attempt_failure_status, a.detail AS attempt_detail""";

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRowReader.class);

    private AttemptRowReader() {}

    /** An outcome; UNKNOWN for one that a newer version has written. */
    public static AttemptOutcome outcomeOf(String word) {
        for (AttemptOutcome outcome : AttemptOutcome.values()) {
            if (outcome.name().equals(word)) {
                return outcome;
            }
        }
        return AttemptOutcome.UNKNOWN;
    }

    /** What the attempt in this row has spent; nothing when there is none. */
    static Usage usage(Row row) throws SQLException {
        return row.bigOrNull("attempt_epoch") == null
                ? Usage.NONE
                : new Usage(
                        row.big("input_tokens"),
                        row.big("output_tokens"),
                        row.big("cache_read_tokens"),
                        row.big("cache_write_tokens"),
                        row.big("reasoning_tokens"));
    }

    /** The attempt in this row; empty when there is none, or none that this version knows. */
    static Optional<AttemptRow> read(Row row) throws SQLException {
        Long epoch = row.bigOrNull("attempt_epoch");
        if (epoch == null) {
            return Optional.empty();
        }
        try {
            Long delay = row.bigOrNull("delay_ms");
            return Optional.of(new AttemptRow(
                    row.number("attempt_run"),
                    epoch,
                    row.number("attempt_no"),
                    outcomeOf(row.text("attempt_outcome")),
                    row.instant("started_at"),
                    row.instant("ended_at"),
                    delay == null ? null : Duration.ofMillis(delay),
                    usage(row),
                    FailureSummary.of(
                            row.textOrNull("attempt_failure_kind"),
                            row.textOrNull("attempt_failure_blame"),
                            row.numberOrNull("attempt_failure_status")),
                    Payload.ofNullable(row.bytes("attempt_detail"))));
        } catch (IllegalArgumentException e) {
            LOG.warn("attempt {} of generation {} is left out: {}", epoch, row.text("id"), e.getMessage());
            return Optional.empty();
        }
    }
}
