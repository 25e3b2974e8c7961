package dev.reprise.storage.jdbc.tasks;

import dev.reprise.generation.TaskState;
import dev.reprise.storage.jdbc.reading.TaskRowReader;
import dev.reprise.storage.jdbc.sql.Row;
import dev.reprise.storage.jdbc.sql.Table;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.Level;
import dev.reprise.store.Submission;
import dev.reprise.store.rules.BatchFacts;
import dev.reprise.store.rules.Birth;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The batches that a transaction has locked, and the rows of the batch table. */
final class Batches {

    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
    private static final String LOCK =
            "SELECT " + LockedBatch.COLUMNS + " FROM {batch} WHERE id {in:ids} ORDER BY id {for update}";
    static final String UNDER_WAY = "SELECT COUNT(*) AS many FROM {task} WHERE batch = :batch AND {is UNDER_WAY}";
    static final String ADMISSIBLE = "SELECT " + LockedTask.COLUMNS + """
             FROM {task} WHERE batch = :batch AND {is ADMISSIBLE} AND required_level <= :level
            ORDER BY CASE WHEN attempts > 0 THEN 0 ELSE 1 END, priority DESC, batch_position, id
            LIMIT :room {for update}""";
    static final String COUNTED = "SELECT state, COUNT(*) AS many FROM {task} WHERE batch = :batch GROUP BY state";
    private static final Table<Born> BIRTHS = Table.<Born>named("batch")
            .text("id", born -> born.batch().id().value())
            .text("owner", born -> born.submission.owner().value())
            .text("label", born -> born.batch().label())
            .bigint("created_at", born -> born.now.toEpochMilli())
            .bigint("finished_at", born -> born.ended() == born.births.size() ? born.now.toEpochMilli() : null)
            .integer("run", born -> 1)
            .integer("size", born -> born.births.size())
            .integer("succeeded", born -> 0)
            .integer("failed", born -> 0)
            .integer("cancelled", born -> 0)
            .integer("skipped", Born::ended)
            .integer("deleted", born -> 0)
            .bigint("revision", born -> 1L)
            .integer("concurrency", born -> born.batch().concurrency())
            .integer("stops_on_failure", born -> born.batch().stopsOnFailure() ? 1 : 0)
            .integer("paused", born -> 0)
            .integer("stopped", born -> 0)
            .integer("required_level", Born::requiredLevel)
            .build();
    private static final Table<LockedBatch> CHANGES = Table.<LockedBatch>named("batch")
            .text("id", LockedBatch::id)
            .bigint("finished_at", LockedBatch::finishedAt)
            .integer("succeeded", batch -> batch.ended(TaskState.SUCCEEDED))
            .integer("failed", batch -> batch.ended(TaskState.FAILED))
            .integer("cancelled", batch -> batch.ended(TaskState.CANCELLED))
            .integer("skipped", batch -> batch.ended(TaskState.SKIPPED))
            .integer("deleted", LockedBatch::deleted)
            .bigint("revision", LockedBatch::revision)
            .integer("stopped", batch -> batch.facts().stopped() ? 1 : 0)
            .build();

    private final Tx tx;
    private final Map<String, LockedBatch> locked = new TreeMap<>();

    private Batches(Tx tx) {
        this.tx = tx;
    }

    private record Born(Submission submission, List<Birth> births, Instant now) {
        private dev.reprise.store.NewBatch batch() {
            return Objects.requireNonNull(submission.batch());
        }

        /** Whatever is born ended is born SKIPPED. */
        private int ended() {
            return (int) births.stream().filter(birth -> birth.step().isEnd()).count();
        }

        private int requiredLevel() {
            return births.stream()
                    .mapToInt(birth -> birth.task().requiredLevel())
                    .max()
                    .orElse(Level.ANY);
        }
    }

    /** Stores a batch. */
    static void born(Tx tx, Submission submission, List<Birth> births, Instant now) throws SQLException {
        if (submission.batch() != null && tx.insert(BIRTHS, List.of(new Born(submission, births, now))) == 0) {
            throw new Submissions.TakenException();
        }
    }

    /** Locks batches, and waits for those who hold them, for a while. */
    static Batches lock(Tx tx, Collection<String> ids) throws SQLException {
        return lock(tx, ids, "");
    }

    /** Locks those of the batches that nobody else has locked. */
    static Batches lockFree(Tx tx, Collection<String> ids) throws SQLException {
        return lock(tx, ids, "{skip locked}");
    }

    private static Batches lock(Tx tx, Collection<String> ids, String how) throws SQLException {
        var batches = new Batches(tx);
        if (!ids.isEmpty()) {
            var query = tx.sql(LOCK + how).set("ids", ids);
            for (LockedBatch batch : (how.isEmpty() ? query.impatient() : query).list(LockedBatch::read)) {
                batches.locked.put(batch.id(), batch);
            }
        }
        return batches;
    }

    boolean has(String id) {
        return locked.containsKey(id);
    }

    /**
     * Reads a task that has just been locked.
     *
     * @throws SQLException as for contention when its batch is not locked: it depends on something since a moment ago, and
     *     all has to begin anew
     */
    LockedTask task(Row row) throws SQLException {
        var id = row.textOrNull("batch");
        var batch = id == null ? null : locked.get(id);
        if (id != null && batch == null) {
            throw new SQLException("batch " + id + " has to be locked as well", "40001");
        }
        return LockedTask.read(row, batch == null ? BatchFacts.NONE : batch.facts());
    }

    /** A task's batch. */
    Optional<LockedBatch> of(LockedTask task) {
        var id = task.batch();
        return id == null ? Optional.empty() : Optional.ofNullable(locked.get(id));
    }

    /** Those whose queue for places may move. */
    List<LockedBatch> limited() {
        return locked.values().stream().filter(LockedBatch::mayAdmit).toList();
    }

    /** The tasks of a batch whose turn it is, locked: as many as there are places. What is under way is counted anew. */
    List<LockedTask> admissible(LockedBatch batch) throws SQLException {
        int underWay = tx.sql(UNDER_WAY)
                .set("batch", batch.id())
                .list(row -> row.number("many"))
                .get(0);
        int room = batch.facts().room(underWay);
        return room == 0
                ? List.of()
                : tx.sql(ADMISSIBLE)
                        .set("batch", batch.id())
                        .set("room", room)
                        .set("level", Level.CURRENT)
                        .impatient()
                        .list(this::task);
    }

    /** Writes what has changed of them; one whose last task has ended is finished, once. */
    void write() throws SQLException {
        var changed = locked.values().stream().filter(LockedBatch::isChanged).toList();
        for (LockedBatch batch : changed) {
            if (batch.isOver()) {
                finish(batch);
            }
        }
        tx.update(CHANGES, changed);
    }

    private void finish(LockedBatch batch) throws SQLException {
        Map<TaskState, Integer> counted = new EnumMap<>(TaskState.class);
        tx.sql(COUNTED)
                .set("batch", batch.id())
                .list(row -> counted.merge(TaskRowReader.stateOf(row.text("state")), row.number("many"), Integer::sum));
        batch.recounted(counted);
        if (batch.finishedAt() == null) {
            LOG.warn("batch {} was counted as ended and is not: {}", batch.id(), counted);
        }
    }
}
