package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.limited;
import static dev.reprise.testkit.store.Draft.many;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.SPENT;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many threads and two processes at once: nothing twice, nothing lost, nothing forgotten. */
public abstract class ConcurrencySuite extends StoreSuite {

    private static final int TASKS = 2_000;
    private static final int THREADS = 8;

    /** For a suite with a subclass. */
    protected ConcurrencySuite() {}

    @Test
    void eachOfTwoThousandTasksIsClaimedAndEndedOnce() {
        for (int i = 0; i < 20; i++) {
            submit(many("t" + (char) ('a' + i), TASKS / 20));
        }
        var claims = ConcurrentHashMap.<String>newKeySet();
        var runners = runners(4);
        var open = new OpenWork(TASKS);
        var workers = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < THREADS; i++) {
            var runner = runners.get(i % runners.size());
            workers.add(open.repeating(() -> work(runner, open, claims)));
        }

        var ended = Together.call(workers).stream().mapToInt(Integer::intValue).sum();

        assertThat(store.counts(Scope.ALL)).isEqualTo(Map.of(TaskState.SUCCEEDED, (long) TASKS));
        assertThat(ended).isEqualTo(claims.size());
        assertThat(read("ta0000").attempts()).hasSize(2);
        assertThat(read("ta0001").attempts()).hasSize(1);
        runners.forEach(runner -> assertThat(runner.beat().held()).isEmpty());
    }

    @Test
    void limitedBatchNeverHasMoreUnderWayThanMayBe() {
        submit(limited("batch-1", 3, many("t", 90)));
        var open = new OpenWork(90);
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        var workers = new ArrayList<Callable<Integer>>();
        for (RunnerSession runner : runners(4)) {
            workers.add(open.repeating(() -> {
                var claimed = runner.claim(2);
                most.accumulateAndGet(underWay.addAndGet(claimed.size()), Math::max);
                assertThat(underWay(store.counts(Scope.ALL))).isLessThanOrEqualTo(3);
                for (ClaimedTask task : claimed) {
                    underWay.decrementAndGet();
                    assertThat(storeOutcome(runner, succeeded(task.ref()))).isEqualTo(OutcomeReceipt.STORED);
                    open.ended();
                }
                return claimed.size();
            }));
        }

        Together.call(workers);

        assertThat(most.get()).isBetween(1, 3);
        assertThat(store.counts(Scope.ALL)).isEqualTo(Map.of(TaskState.SUCCEEDED, 90L));
    }

    @Test
    void outcomesOfALimitedBatchThatComeAtOnceLetInAsMany() {
        var one = runner();
        var two = runner(subject.openSecond());
        submit(limited("batch-1", 2, many("t", 42)));
        for (int round = 0; round < 20; round++) {
            var a = one.claim(1).get(0).ref();
            var b = two.claim(1).get(0).ref();

            Together.call(List.<Callable<OutcomeReceipt>>of(
                    () -> storeOutcome(one, succeeded(a)), () -> storeOutcome(two, failed(b))));

            assertThat(store.counts(Scope.ALL)).containsEntry(TaskState.READY, 2L);
        }
    }

    @Test
    void parentsOfAJoinThatEndAtOnceReleaseItOnce() {
        var one = runner();
        var two = runner(subject.openSecond());
        for (int round = 0; round < 25; round++) {
            var join = "join-" + round;
            submit(batch(
                    "plan-" + round,
                    task("a-" + round),
                    task("b-" + round),
                    task(join).dependsOn("a-" + round, "b-" + round)));
            var a = one.claim(1).get(0).ref();
            var b = two.claim(1).get(0).ref();

            Together.call(List.<Callable<OutcomeReceipt>>of(
                    () -> storeOutcome(one, succeeded(a)), () -> storeOutcome(two, succeeded(b))));

            assertThat(state(join)).isEqualTo(TaskState.READY);
            storeAll(one, succeeded(claimOnly(one).ref()));
        }
    }

    @Test
    void parentsOfAJoinThatEndDifferentlyAtOnceSkipIt() {
        var one = runner();
        var two = runner(subject.openSecond());
        for (int round = 0; round < 25; round++) {
            var join = "join-" + round;
            submit(batch(
                    "plan-" + round,
                    task("a-" + round),
                    task("b-" + round),
                    task(join).dependsOn("a-" + round, "b-" + round),
                    task("last-" + round).dependsOn(join)));
            var a = one.claim(1).get(0).ref();
            var b = two.claim(1).get(0).ref();

            Together.call(List.<Callable<OutcomeReceipt>>of(
                    () -> storeOutcome(one, succeeded(a)), () -> storeOutcome(two, failed(b))));

            assertThat(states(join, "last-" + round)).containsOnly(TaskState.SKIPPED);
        }
    }

    @Test
    void outcomeAndCancellationThatMeetAgreeOnWhatHappened() {
        var runner = runner();
        var second = subject.openSecond();
        for (int round = 0; round < 40; round++) {
            var name = "t" + round;
            var claimed = submitAndClaim(runner, task(name));

            var results = Together.call(List.<Callable<Boolean>>of(
                    () -> storeOutcome(runner, succeeded(claimed.ref())) == OutcomeReceipt.STORED,
                    () -> !second.cancel(Scope.ALL, id(name))
                            .orElseThrow()
                            .cancelled()
                            .isEmpty()));

            boolean stored = results.get(0);
            boolean cancelled = results.get(1);
            assertThat(stored).isNotEqualTo(cancelled);
            assertThat(state(name)).isEqualTo(stored ? TaskState.SUCCEEDED : TaskState.CANCELLED);
            assertThat(onlyAttempt(name).outcome())
                    .isEqualTo(stored ? AttemptOutcome.SUCCEEDED : AttemptOutcome.CANCELLED);
            assertThat(onlyAttempt(name).usage()).isEqualTo(SPENT);
        }
    }

    @Test
    void sameOutcomeStoredFromTwoThreadsIsStoredOnce() {
        var runner = runner();
        for (int round = 0; round < 25; round++) {
            var name = "t" + round;
            var outcome = retry(submitAndClaim(runner, task(name)).ref(), Duration.ofDays(1));

            var results = Together.call(List.<Callable<OutcomeReceipt>>of(
                    () -> storeOutcome(runner, outcome), () -> storeOutcome(runner, outcome)));

            assertThat(results).containsExactlyInAnyOrder(OutcomeReceipt.STORED, OutcomeReceipt.ALREADY_STORED);
            assertThat(row(name).counters().failures()).isEqualTo(1);
            assertThat(read(name).attempts()).hasSize(1);
        }
    }

    @Test
    void outcomeAndReapThatMeetAgreeOnWhatHappened() {
        var observer = runner(subject.openSecond());
        for (int round = 0; round < 10; round++) {
            var name = "t" + round;
            var dead = runner();
            var claimed = submitAndClaim(dead, task(name));
            die(dead, observer);

            var results = Together.call(List.<Callable<Boolean>>of(
                    () -> storeOutcome(dead, succeeded(claimed.ref())) == OutcomeReceipt.STORED,
                    () -> observer.reap().resumed().contains(id(name))));

            assertThat(results.get(0)).isNotEqualTo(results.get(1));
            assertThat(state(name)).isEqualTo(results.get(0) ? TaskState.SUCCEEDED : TaskState.READY);
            assertThat(onlyAttempt(name).usage()).isEqualTo(SPENT);
            observer.claim(1).forEach(task -> storeAll(observer, succeeded(task.ref())));
        }
    }

    private List<RunnerSession> runners(int count) {
        var second = subject.openSecond();
        var runners = new ArrayList<RunnerSession>();
        for (int i = 0; i < count; i++) {
            runners.add(runner(i % 2 == 0 ? store : second));
        }
        return runners;
    }

    private static long underWay(Map<TaskState, Long> counts) {
        return counts.getOrDefault(TaskState.READY, 0L)
                + counts.getOrDefault(TaskState.SCHEDULED, 0L)
                + counts.getOrDefault(TaskState.RUNNING, 0L);
    }

    /** Claims some and stores their outcomes; every tenth task is tried twice. */
    private static int work(RunnerSession runner, OpenWork open, Set<String> claims) {
        var outcomes = new ArrayList<TaskOutcome>();
        for (ClaimedTask claimed : runner.claim(16)) {
            assertThat(claims.add(claimed.ref().toString()))
                    .as("%s is claimed once", claimed.ref())
                    .isTrue();
            boolean again =
                    claimed.ref().epoch() == 1 && claimed.row().id().value().endsWith("0");
            outcomes.add(again ? retry(claimed.ref(), Duration.ZERO) : succeeded(claimed.ref()));
        }
        assertThat(runner.storeOutcomes(outcomes).receipts())
                .allMatch(OutcomeReceipt.STORED::equals)
                .hasSize(outcomes.size());
        outcomes.stream()
                .filter(outcome -> outcome.next() instanceof TaskOutcome.Next.Finish)
                .forEach(outcome -> open.ended());
        return outcomes.size();
    }
}
