package dev.reprise.testkit.store.walk;

import dev.reprise.generation.GenerationKind;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.Level;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.NewTask.Idempotency;
import dev.reprise.store.NewTask.Timing;
import dev.reprise.store.Payload;
import dev.reprise.store.Placement;
import dev.reprise.store.Submission;
import dev.reprise.store.TaskLabels;
import dev.reprise.store.TaskRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Draws submissions of every form. */
final class SubmissionDraw {

    /** More than a summary shows of a batch. */
    private static final int LARGE = 14;

    /** So few that a walk is not full of what nobody may change. */
    private static final int MOST_OF_A_HIGHER_LEVEL = 2;

    private final Dice dice;
    private final Contradictions contradictions;
    private int ofAHigherLevel;
    private int payloads;

    SubmissionDraw(Dice dice) {
        this.dice = dice;
        contradictions = new Contradictions(dice);
    }

    Submission draw(View view) {
        var owner = dice.of(Names.OWNERS);
        var batches = view.freeBatches();
        var batch = dice.hits(60) && !batches.isEmpty() ? batch(dice.of(batches)) : null;
        var free = new ArrayList<>(view.freeTasks());
        int size = 1 + dice.below(batch == null ? 2 : 5);
        if (batch != null && dice.hits(2)) {
            size = LARGE;
        }
        var ids = new ArrayList<GenerationId>();
        while (ids.size() < size) {
            ids.add(free.isEmpty() || dice.hits(2) ? dice.of(Names.TASKS) : free.remove(dice.below(free.size())));
        }
        var tasks = new ArrayList<NewTask>();
        var positions = positions(size);
        for (int i = 0; i < size; i++) {
            var place = new Placement(
                    batch == null ? null : batch.id(),
                    batch == null ? null : positions.get(i),
                    batch == null || dice.hits(70) ? null : "step " + i,
                    dice.hits(30) ? parent(view, owner, ids) : null);
            tasks.add(task(ids.get(i), place, dependencies(view, owner, ids.subList(0, i))));
        }
        var submission = new Submission(owner, batch, tasks);
        return dice.hits(5) ? contradictions.in(submission, view) : submission;
    }

    private NewBatch batch(dev.reprise.identity.BatchId id) {
        return new NewBatch(
                id,
                dice.perhaps(30, () -> dice.of(Names.LABELS)),
                dice.perhaps(60, () -> 1 + dice.below(3)),
                dice.hits(50));
    }

    /** Mostly in order. */
    private List<Integer> positions(int size) {
        var positions = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        if (dice.hits(10)) {
            Collections.shuffle(positions, new Random(dice.below(1000)));
        }
        return positions;
    }

    private NewTask task(GenerationId id, Placement placement, List<GenerationId> dependsOn) {
        boolean higher = dice.hits(1) && ofAHigherLevel < MOST_OF_A_HIGHER_LEVEL;
        ofAHigherLevel += higher ? 1 : 0;
        return new NewTask(
                id,
                labels(placement.parent() != null),
                placement,
                dice.hits(2) ? dice.of(Integer.MIN_VALUE, Integer.MAX_VALUE) : dice.below(3),
                timing(),
                dependsOn,
                dice.perhaps(20, () -> new Idempotency(dice.of(Names.KEYS), dice.hits(90) ? "hash" : "other hash")),
                higher ? Level.CURRENT + 1 : Level.ANY,
                payload());
    }

    private TaskLabels labels(boolean isChild) {
        var kind = isChild && dice.hits(40) ? GenerationKind.CONTINUATION : dice.of(GenerationKind.values());
        var label = dice.perhaps(30, () -> dice.of(Names.LABELS));
        var processor = dice.hits(15) ? Names.PROCESSOR : null;
        if (dice.hits(92)) {
            return new TaskLabels(kind, label, dice.of(Names.PROVIDERS), "m", processor, null);
        }
        return new TaskLabels(kind, label, null, null, processor, dice.hits(60) ? Names.HANDLER : null);
    }

    private Timing timing() {
        if (dice.hits(45)) {
            return Timing.DEFAULT;
        }
        var startIn = dice.hits(60) ? Duration.ZERO : delay();
        var deadline = dice.perhaps(60, this::deadline);
        return new Timing(startIn, deadline, dice.hits(80) ? NewTask.OnCrash.RESEND : NewTask.OnCrash.FAIL);
    }

    /** A wait; also less than the millisecond that stores count in, and longer than there is time. */
    Duration delay() {
        return dice.hits(90)
                ? dice.of(Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(6))
                : dice.of(Duration.ofNanos(999_999), Duration.ofNanos(1_500_000), Duration.ofSeconds(Long.MAX_VALUE));
    }

    private Duration deadline() {
        return dice.hits(95)
                ? dice.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(12), Duration.ofSeconds(40))
                : dice.of(Duration.ZERO, Duration.ofNanos(1_500_000), Duration.ofSeconds(Long.MAX_VALUE));
    }

    private Payload payload() {
        return Payload.of(("request " + ++payloads).getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable GenerationId parent(View view, Owner owner, List<GenerationId> ids) {
        var own = view.rows(row -> row.owner().equals(owner));
        if (dice.hits(85) && !own.isEmpty()) {
            return dice.of(own).id();
        }
        return dice.hits(50) ? dice.of(ids) : dice.of(Names.TASKS);
    }

    private List<GenerationId> dependencies(View view, Owner owner, List<GenerationId> before) {
        var dependencies = new ArrayList<GenerationId>();
        while (dice.hits(25) && dependencies.size() < 3) {
            List<TaskRow> own = view.rows(row -> row.owner().equals(owner));
            if (!before.isEmpty() && dice.hits(70)) {
                dependencies.add(dice.of(before));
            } else if (!own.isEmpty()) {
                dependencies.add(dice.of(own).id());
            }
        }
        return dependencies;
    }
}
