package dev.reprise.store.rules;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Counters;
import dev.reprise.store.Level;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Placement;
import dev.reprise.store.Reason;
import dev.reprise.store.Submission;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In which state each task of a submission begins, and which of them its runner claims at once. */
public final class BirthRules {

    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private final SubmissionRules.Verdict.Fresh verdict;
    private final StoredFacts facts;
    private final BatchFacts batch;
    private final Instant now;
    private final Map<GenerationId, Birth> births = new HashMap<>();

    private BirthRules(
            @Nullable NewBatch batch, SubmissionRules.Verdict.Fresh verdict, StoredFacts facts, Instant now) {
        this.verdict = verdict;
        this.facts = facts;
        this.now = now;
        this.batch = batch == null
                ? BatchFacts.NONE
                : new BatchFacts(batch.concurrency(), batch.stopsOnFailure(), false, false);
    }

    /**
     * The births of what a submission brings.
     *
     * @param claim how many a runner claims at once, in the order of claims
     * @param now the creation time
     */
    public static List<Birth> births(
            Submission submission, SubmissionRules.Verdict.Fresh verdict, StoredFacts facts, int claim, Instant now) {
        return new BirthRules(submission.batch(), verdict, facts, now).births(claim);
    }

    private List<Birth> births(int claim) {
        Set<GenerationId> hopeless = hopeless();
        for (NewTask task : verdict.fresh()) {
            births.put(task.id(), birth(task, hopeless));
        }
        admit();
        inOrder(TaskState.READY, Orders.CLAIMS).stream()
                .filter(birth -> birth.task().requiredLevel() <= Level.CURRENT)
                .limit(claim)
                .forEach(birth -> births.put(birth.task().id(), birth.claim()));
        return verdict.fresh().stream()
                .map(task -> Objects.requireNonNull(births.get(task.id())))
                .toList();
    }

    /** What depends on something that will never succeed, directly or through others. */
    private Set<GenerationId> hopeless() {
        Set<GenerationId> hopeless = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (NewTask task : verdict.fresh()) {
                grown |= task.dependsOn().stream().map(verdict::standIn).anyMatch(on -> {
                            var row = facts.tasks().get(on);
                            return hopeless.contains(on) || (row != null && row.isHopeless());
                        })
                        && hopeless.add(task.id());
            }
        }
        return hopeless;
    }

    private Birth birth(NewTask task, Set<GenerationId> hopeless) {
        List<GenerationId> dependsOn =
                task.dependsOn().stream().map(verdict::standIn).distinct().toList();
        int open = (int) dependsOn.stream()
                .filter(on -> {
                    var row = facts.tasks().get(on);
                    return row == null || row.state() != TaskState.SUCCEEDED;
                })
                .count();
        var timing = task.timing();
        var due = dueAfter(now, timing.startIn());
        var facts = new TaskFacts(
                TaskState.WAITING,
                null,
                1,
                Counters.NONE,
                open,
                due,
                timing.onCrash() == NewTask.OnCrash.FAIL,
                task.labels().awaitsDecision(),
                task.requiredLevel(),
                batch);
        var step = Step.from(facts).due(due).handingOver(Handover.NONE);
        if (hopeless.contains(task.id())) {
            step = step.end(TaskState.SKIPPED, Reason.DEPENDENCY.plain(), null);
        } else if (open == 0) {
            step = TaskRules.enter(facts, step, due, now);
        }
        var deadline = timing.deadline();
        return new Birth(task, placement(task), dependsOn, step, deadline == null ? null : after(now, deadline), false);
    }

    private Placement placement(NewTask task) {
        var placement = task.placement();
        return placement.parent() == null
                ? placement
                : new Placement(
                        placement.batch(), placement.position(), placement.key(), verdict.standIn(placement.parent()));
    }

    private void admit() {
        inOrder(TaskState.HELD, Orders.ADMISSION).stream().limit(batch.room(0)).forEach(birth -> {
            var due = birth.step().dueAt();
            births.put(
                    birth.task().id(),
                    birth.with(birth.step().to(due == null ? TaskState.READY : TaskState.SCHEDULED, null)));
        });
    }

    private List<Birth> inOrder(TaskState state, Comparator<Orders.Place> order) {
        var some = new ArrayList<Birth>();
        for (NewTask task : verdict.fresh()) {
            var birth = Objects.requireNonNull(births.get(task.id()));
            if (birth.step().state() == state) {
                some.add(birth);
            }
        }
        some.sort(Comparator.comparing(this::place, order));
        return some;
    }

    private Orders.Place place(Birth birth) {
        var task = birth.task();
        return new Orders.Place(
                task.id(), task.priority(), now, task.placement().position(), false);
    }

    /** When a wait is over, or null when there is none. */
    static @Nullable Instant dueAfter(Instant from, Duration wait) {
        return wait.compareTo(MILLISECOND) < 0 ? null : after(from, wait);
    }

    /** An instant after another, to the millisecond, at most the last one that a store can keep. */
    public static Instant after(Instant from, Duration wait) {
        try {
            var then = from.plus(wait.truncatedTo(ChronoUnit.MILLIS));
            return then.isAfter(LATEST) ? LATEST : then;
        } catch (ArithmeticException | java.time.DateTimeException e) {
            return LATEST;
        }
    }
}
