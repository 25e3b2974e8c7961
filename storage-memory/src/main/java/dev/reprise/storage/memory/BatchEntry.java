package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.BatchCounts;
import dev.reprise.store.NewBatch;
import dev.reprise.store.PagePoint;
import dev.reprise.store.rules.BatchFacts;
import dev.reprise.store.rules.Orders;
import dev.reprise.store.rules.TaskSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A batch's row, with its tasks and the places they take. Guarded by the store's lock. */
final class BatchEntry implements FeedItem {

    /** How many times it has been started. */
    static final int RUN = 1;

    private final PagePoint point;
    private final BatchId id;
    private final Owner owner;
    private final @Nullable String label;
    private final int size;
    private final NavigableMap<Integer, TaskEntry> tasks = new TreeMap<>();
    private final NavigableMap<Orders.Place, TaskEntry> queue = new TreeMap<>(Orders.ADMISSION);
    private final Map<TaskState, Integer> ended = new EnumMap<>(TaskState.class);
    private BatchFacts facts;
    private int deleted;
    private @Nullable Instant finishedAt;
    private int visible;
    private int open;
    private int underWay;
    private int tried;
    private Instant lastEnd = Instant.MIN;

    BatchEntry(NewBatch batch, Owner owner, int size, Instant now) {
        this.point = new PagePoint(now, new GenerationId(batch.id().value()));
        this.id = batch.id();
        this.owner = owner;
        this.label = batch.label();
        this.size = size;
        this.facts = new BatchFacts(batch.concurrency(), batch.stopsOnFailure(), false, false);
    }

    /** A task has come to it; its state is entered besides. */
    void add(TaskEntry task) {
        tasks.put(position(task), task);
        visible++;
    }

    /** A task is not seen any more. */
    void hide() {
        visible--;
    }

    /** A task is gone for good. */
    void remove(TaskEntry task) {
        tasks.remove(position(task));
    }

    private static int position(TaskEntry task) {
        Integer position = task.placement.position();
        if (position == null) {
            throw new IllegalStateException("task " + task.id() + " has no position in its batch");
        }
        return position;
    }

    /** Follows a task into its state. */
    void enter(TaskEntry task) {
        count(task, 1);
        if (isAdmissible(task)) {
            queue.put(task.place(), task);
        }
        var end = task.finishedAt();
        if (end != null && end.isAfter(lastEnd)) {
            lastEnd = end;
        }
    }

    /** Follows a task out of its state. */
    void leave(TaskEntry task) {
        count(task, -1);
        if (isAdmissible(task)) {
            queue.remove(task.place());
        }
    }

    private void count(TaskEntry task, int by) {
        open += task.state().isTerminal() ? 0 : by;
        underWay += TaskSet.UNDER_WAY.has(task.state(), task.reason()) ? by : 0;
        tried += task.isTried() ? by : 0;
    }

    private static boolean isAdmissible(TaskEntry task) {
        return task.facts().isMine() && TaskSet.ADMISSIBLE.has(task.state(), task.reason());
    }

    /** A task has ended; the batch is finished with its last one, once. */
    void taskEnded(TaskState state, Instant now) {
        ended.merge(state, 1, Integer::sum);
        if (finishedAt == null && counts().open() == 0) {
            finishedAt = now;
        }
    }

    void taskDeleted() {
        deleted++;
    }

    void stop() {
        facts = facts.stop();
    }

    BatchId id() {
        return id;
    }

    Owner owner() {
        return owner;
    }

    @Nullable
    String label() {
        return label;
    }

    @Override
    public PagePoint point() {
        return point;
    }

    int size() {
        return size;
    }

    BatchFacts facts() {
        return facts;
    }

    @Nullable
    Instant finishedAt() {
        return finishedAt;
    }

    BatchCounts counts() {
        return new BatchCounts(
                size,
                ended(TaskState.SUCCEEDED),
                ended(TaskState.FAILED),
                ended(TaskState.CANCELLED),
                ended(TaskState.SKIPPED),
                deleted);
    }

    private int ended(TaskState state) {
        return ended.getOrDefault(state, 0);
    }

    /** Whether anything of it has been started. */
    boolean isStarted() {
        return tried > 0 || counts().open() < size;
    }

    /** Whether anything of it can be seen. */
    boolean isVisible() {
        return visible > 0;
    }

    /** Whether no task is left of it, not even a deleted one. */
    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Whether all that is left of it has ended before a time. */
    boolean isOver(Instant before) {
        return open == 0 && lastEnd.isBefore(before);
    }

    /** Its tasks, deleted ones too, by position. */
    List<TaskEntry> all() {
        return new ArrayList<>(tasks.values());
    }

    /** Its tasks that have not been deleted, by position. */
    Stream<TaskEntry> visible() {
        return tasks.values().stream().filter(task -> !task.isDeleted());
    }

    /** The first few of them. */
    Stream<TaskEntry> first(int most) {
        return visible().limit(most);
    }

    /** Those whose turn it is, as many as there are places. */
    List<TaskEntry> next() {
        return queue.values().stream().limit(facts.room(underWay)).toList();
    }
}
