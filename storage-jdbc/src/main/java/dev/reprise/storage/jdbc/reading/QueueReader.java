package dev.reprise.storage.jdbc.reading;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Row;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.QueueFigures;
import dev.reprise.store.QueueReads;
import dev.reprise.store.RunnerRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells how the queue stands, without a count over what has ended but failures. */
public final class QueueReader implements QueueReads {

    /** State by state: each has an index, and all that has not ended has none. */
    static final String DEPTH = Arrays.stream(TaskState.values())
            .filter(state -> !state.isTerminal())
            .map(state -> """
                    SELECT {state %s} AS state, COUNT(*) AS many, MIN(t.created_at) AS oldest, MIN(t.due_at) AS next_due,
                        SUM(CASE WHEN t.due_at <= :now THEN 1 ELSE 0 END) AS due
                    FROM {task} t WHERE %s HAVING COUNT(*) > 0""".formatted(state.name(), ListPage.is(state)))
            .collect(Collectors.joining(" UNION ALL "));

    static final String FAILURES = """
            SELECT t.failure_kind, t.provider, t.label, COUNT(*) AS many FROM {task} t
            WHERE {is t.FAILED} AND t.finished_at >= :from GROUP BY t.failure_kind, t.provider, t.label""";
    private static final String NOW = "SELECT :now AS now_at";
    static final String RUNNERS = """
            SELECT r.id, r.name, r.state, r.started_at, r.beat_at,
                (SELECT COUNT(*) FROM {task} t WHERE t.runner = r.id) AS running
            FROM {runner} r ORDER BY r.started_at, r.id""";

    private final Transactions transactions;

    public QueueReader(Transactions transactions) {
        this.transactions = transactions;
    }

    private record Depth(
            TaskState state,
            long many,
            Instant oldest,
            @Nullable Instant nextDue,
            long due) {
        private static Depth read(Row row) throws SQLException {
            return new Depth(
                    TaskRowReader.stateOf(row.text("state")),
                    row.big("many"),
                    row.instant("oldest"),
                    row.instantOrNull("next_due"),
                    row.big("due"));
        }
    }

    @Override
    public QueueFigures queue(Duration window) {
        if (window.isNegative() || window.isZero()) {
            throw new InvalidRequestException("window", window, "must be positive");
        }
        Instant now = transactions.single(
                "now", tx -> tx.sql(NOW).list(row -> row.instant("now_at")).get(0));
        List<Depth> depths = transactions.single("queue", tx -> tx.sql(DEPTH).list(Depth::read));
        Map<TaskState, Long> depth = new EnumMap<>(TaskState.class);
        depths.forEach(one -> depth.merge(one.state, one.many, Long::sum));
        var ready = only(depths, TaskState.READY);
        var scheduled = only(depths, TaskState.SCHEDULED);
        return new QueueFigures(
                now,
                depth,
                ready == null ? null : ready.oldest,
                scheduled == null ? 0 : scheduled.due,
                scheduled == null ? null : scheduled.nextDue,
                failures(now.toEpochMilli() - TimeUnit.MILLISECONDS.convert(window)));
    }

    private static @Nullable Depth only(List<Depth> depths, TaskState state) {
        return depths.stream().filter(one -> one.state == state).findFirst().orElse(null);
    }

    private List<QueueFigures.Failures> failures(long from) {
        List<QueueFigures.Failures> failures = new ArrayList<>(transactions.single(
                "failures", tx -> tx.sql(FAILURES).set("from", from).list(QueueReader::failure)));
        failures.sort(Comparator.<QueueFigures.Failures>comparingLong(one -> -one.count())
                .thenComparing(QueueFigures.Failures::kind)
                .thenComparing(QueueFigures.Failures::provider)
                .thenComparing(one -> Objects.requireNonNullElse(one.label(), "")));
        return failures;
    }

    private static QueueFigures.Failures failure(Row row) throws SQLException {
        var failure = FailureSummary.of(row.textOrNull("failure_kind"), null, null);
        return new QueueFigures.Failures(
                failure == null ? FailureKind.UNKNOWN : failure.kind(),
                Objects.requireNonNullElse(row.textOrNull("provider"), ""),
                row.textOrNull("label"),
                row.big("many"));
    }

    @Override
    public List<RunnerRow> runners() {
        return transactions.single(
                "runners",
                tx -> tx.sql(RUNNERS)
                        .list(row -> new RunnerRow(
                                new RunnerId(row.text("id")),
                                row.text("name"),
                                row.text("state").equals("ALIVE"),
                                row.instant("started_at"),
                                row.instant("beat_at"),
                                row.number("running"))));
    }
}
