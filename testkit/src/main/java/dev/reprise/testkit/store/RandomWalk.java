package dev.reprise.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.NewBatch;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Reason;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random operations of two runners on one store, each followed by a look at every task. */
final class RandomWalk {

    private static final Set<TaskState> UNDER_WAY = EnumSet.of(TaskState.READY, TaskState.SCHEDULED, TaskState.RUNNING);
    private static final int LIMIT = 2;

    private final StoreSuite suite;
    private final Random random;
    private final String prefix;
    private final List<RunnerSession> runners = new ArrayList<>();
    private final Map<RunnerSession, List<ClaimedTask>> held = new LinkedHashMap<>();
    private final Map<GenerationId, StoredTask> seen = new LinkedHashMap<>();
    private final List<BatchId> limited = new ArrayList<>();
    private int batches;
    private String doing = "";

    RandomWalk(StoreSuite suite, long seed) {
        this.suite = suite;
        this.random = new Random(seed);
        this.prefix = "s" + seed + "-";
        runners.add(suite.runner());
        runners.add(StoreSuite.runner(suite.subject.openSecond()));
    }

    Collection<TaskState> states() {
        return seen.values().stream().map(task -> task.row().state()).toList();
    }

    void step() {
        int dice = random.nextInt(100);
        if (seen.isEmpty() || dice < 6) {
            submit();
        } else if (dice < 40) {
            claim();
        } else if (dice < 78) {
            storeSome(randomRunner());
        } else if (dice < 84) {
            handBack();
        } else if (dice < 87) {
            cancel();
        } else if (dice < 97) {
            passTime();
        } else {
            die();
        }
        look();
    }

    /** Goes on without further surprises until all tasks have ended. */
    void finish() {
        for (int round = 0; round < 500 && states().stream().anyMatch(state -> !state.isTerminal()); round++) {
            runners.forEach(this::finishAll);
            passTime();
            look();
            claim();
            look();
        }
    }

    private void submit() {
        int size = 2 + random.nextInt(6);
        boolean isLimited = random.nextBoolean();
        var batch = new NewBatch(
                new BatchId(prefix + "b" + batches++), null, isLimited ? LIMIT : null, random.nextInt(4) == 0);
        var drafts = new Draft[size];
        for (int i = 0; i < size; i++) {
            drafts[i] = Draft.task(batch.id() + "-" + i).priority(random.nextInt(3));
            if (random.nextInt(3) == 0) {
                drafts[i].deadline(Duration.ofMinutes(1 + random.nextInt(5)));
            }
            if (i > 0 && random.nextInt(3) == 0) {
                drafts[i].dependsOn(batch.id() + "-" + random.nextInt(i), batch.id() + "-" + random.nextInt(i));
            }
        }
        if (isLimited) {
            limited.add(batch.id());
        }
        doing = "submit " + batch;
        var runner = randomRunner();
        var stored = StoreSuite.stored(runner.submit(Draft.batch(Draft.OWNER, batch, drafts), random.nextInt(3)));
        heldBy(runner).addAll(stored.claimed());
        for (Draft draft : drafts) {
            seen.put(Draft.id(draft.name()), suite.read(draft.name()));
        }
    }

    private void claim() {
        var runner = randomRunner();
        doing = "claim by " + runner.id();
        heldBy(runner).addAll(runner.claim(1 + random.nextInt(3)));
    }

    private void storeSome(RunnerSession runner) {
        var mine = heldBy(runner);
        var outcomes = new ArrayList<TaskOutcome>();
        for (int i = random.nextInt(3); i >= 0 && !mine.isEmpty(); i--) {
            outcomes.add(outcome(mine.remove(random.nextInt(mine.size()))));
        }
        storeOutcomes(runner, outcomes);
    }

    private void finishAll(RunnerSession runner) {
        var outcomes = heldBy(runner).stream()
                .map(task -> Outcomes.succeeded(task.ref()))
                .toList();
        heldBy(runner).clear();
        storeOutcomes(runner, outcomes);
    }

    private void storeOutcomes(RunnerSession runner, List<TaskOutcome> outcomes) {
        doing = "store " + outcomes;
        var receipts = runner.storeOutcomes(outcomes).receipts();
        for (int i = 0; i < outcomes.size(); i++) {
            var before = seen.get(outcomes.get(i).ref().id());
            boolean cancelled = before != null && before.row().state() == TaskState.CANCELLED;
            assertThat(receipts.get(i)).as(doing).isEqualTo(cancelled ? OutcomeReceipt.FENCED : OutcomeReceipt.STORED);
        }
        look();
    }

    private TaskOutcome outcome(ClaimedTask task) {
        return switch (random.nextInt(6)) {
            case 0 -> Outcomes.failed(task.ref());
            case 1 -> Outcomes.retry(task.ref(), Duration.ZERO);
            case 2 -> Outcomes.retry(task.ref(), Duration.ofMinutes(1 + random.nextInt(5)));
            default -> Outcomes.succeeded(task.ref());
        };
    }

    private void handBack() {
        var runner = randomRunner();
        doing = "hand back by " + runner.id();
        var refs = heldBy(runner).stream().map(ClaimedTask::ref).toList();
        heldBy(runner).clear();
        runner.handBack(refs);
    }

    private void cancel() {
        var ids = List.copyOf(seen.keySet());
        var id = ids.get(random.nextInt(ids.size()));
        doing = "cancel " + id;
        suite.store.cancel(Scope.ALL, id);
    }

    private void passTime() {
        doing = "promote";
        suite.subject.advance(Duration.ofSeconds(20));
        runners.forEach(RunnerSession::beat);
        var runner = randomRunner();
        runner.promote();
        if (random.nextBoolean()) {
            expire(runner);
        }
    }

    private void expire(RunnerSession runner) {
        doing = "expire";
        var now = suite.store.now();
        List<TaskEnd> some;
        do {
            some = runner.expire();
        } while (!some.isEmpty());
        for (var task : suite.store.find(Scope.ALL, seen.keySet())) {
            var row = task.row();
            var deadline = row.times().deadlineAt();
            if (deadline != null
                    && row.status().runner() == null
                    && !row.state().isTerminal()) {
                assertThat(deadline).as("%s: %s", doing, row).isAfter(now);
            }
        }
    }

    private void die() {
        int who = random.nextInt(2);
        var dead = runners.get(who);
        doing = "death of " + dead.id();
        var late = heldBy(dead);
        held.remove(dead);
        suite.dieAndReap(dead, runners.get(1 - who));
        runners.set(who, suite.runner());
        look();
        for (ClaimedTask task : late) {
            doing = "late outcome of " + task.ref();
            assertThat(StoreSuite.storeOutcome(dead, outcome(task))).as(doing).isEqualTo(OutcomeReceipt.FENCED);
        }
    }

    /** Compares every task with how it was when it was last looked at. */
    private void look() {
        var now = new LinkedHashMap<GenerationId, StoredTask>();
        suite.store
                .find(Scope.ALL, seen.keySet())
                .forEach(task -> now.put(task.row().id(), task));
        assertThat(now).as(doing).hasSameSizeAs(seen);
        seen.replaceAll((id, before) -> {
            var after = now.getOrDefault(id, before);
            check(before, after);
            return after;
        });
        for (BatchId batch : limited) {
            assertThat(now.values().stream()
                            .filter(task -> batch.equals(task.row().placement().batch()))
                            .filter(task -> UNDER_WAY.contains(task.row().state())))
                    .as("%s: under way in %s", doing, batch)
                    .hasSizeLessThanOrEqualTo(LIMIT);
        }
    }

    private void check(StoredTask before, StoredTask after) {
        var was = before.row().state();
        var is = after.row().state();
        assertThat(was == is || was.canBecome(is))
                .as("%s: %s from %s to %s", doing, after.row().id(), was, is)
                .isTrue();
        if (was.isTerminal()) {
            assertThat(after.row()).as(doing).isEqualTo(before.row());
        }
        var row = after.row();
        boolean running = is == TaskState.RUNNING;
        assertThat(row.status().runner() != null).as("%s: %s", doing, row).isEqualTo(running);
        assertThat(row.times().dueAt() != null).as("%s: %s", doing, row).isEqualTo(is == TaskState.SCHEDULED);
        assertThat(row.times().finishedAt() != null).as("%s: %s", doing, row).isEqualTo(is.isTerminal());
        if (row.status().isBecause(Reason.DEADLINE)) {
            assertThat(row.times().finishedAt())
                    .as("%s: %s", doing, row)
                    .isAfterOrEqualTo(row.times().deadlineAt());
        }
        assertThat(row.status().epoch())
                .as("%s: %s", doing, row)
                .isGreaterThanOrEqualTo(before.row().status().epoch());
        assertThat(row.counters().attempts())
                .as("%s: %s", doing, row)
                .isEqualTo(after.attempts().size() + (running ? 1 : 0));
    }

    private RunnerSession randomRunner() {
        return runners.get(random.nextInt(runners.size()));
    }

    private List<ClaimedTask> heldBy(RunnerSession runner) {
        return held.computeIfAbsent(runner, of -> new ArrayList<>());
    }
}
