package dev.reprise.storage.jdbc.tasks;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.child;
import static dev.reprise.storage.jdbc.Tasks.failed;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.limited;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.succeeded;
import static dev.reprise.storage.jdbc.Tasks.task;
import static dev.reprise.storage.jdbc.Tasks.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.storage.jdbc.Tasks;
import dev.reprise.storage.jdbc.TestDatabase;
import dev.reprise.storage.jdbc.WatchedSource;
import dev.reprise.storage.jdbc.sql.PausePoint;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.BatchCounts;
import dev.reprise.store.BatchRow;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Reason;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredOutcomes;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two changes that concern the same tasks, of which one stands still at each of its points while the other comes: before its
 * first lock, under its locks, and with everything written. A class for each database extends it.
 */
@Timeout(120)
abstract class ChangesThatMeetContract {

    private final Pause pause = new Pause();
    private final AtomicBoolean atALock = new AtomicBoolean();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestDatabase database;
    private JdbcTaskStore first;
    private JdbcTaskStore second;
    private RunnerSession one;
    private RunnerSession two;

    abstract TestDatabase createDatabase();

    @BeforeEach
    void open() {
        database = createDatabase();
        first = database.keep(database.builder(pause).clock(database.clock()).build());
        second = database.keep(JdbcTaskStore.builder(WatchedSource.ofStatements(database.source(), this::prepared))
                .tablePrefix(database.prefix())
                .clock(database.clock())
                .build());
        one = runner(first);
        two = runner(second);
    }

    private void prepared(String statement) {
        if (statement.contains(" FOR UPDATE")
                || statement.contains(" FOR SHARE")
                || statement.contains(" SHARE MODE")) {
            atALock.set(true);
        }
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        database.close();
    }

    /** What two changes brought that met. */
    private record Met<T, U>(T first, U second) {}

    /** The first stops at a point, the second does all it can until it waits or has ended, and the first goes on. */
    private <T, U> Met<T, U> meet(PausePoint point, Set<PausePoint> waitsAt, Callable<T> first, Callable<U> second) {
        var stopped = pause.next(point);
        var one = threads.submit(first);
        stopped.awaitArrival();
        atALock.set(false);
        var two = threads.submit(second);
        if (waitsAt.contains(point)) {
            await().pollInterval(Duration.ofMillis(5)).until(() -> atALock.get() || two.isDone());
            assertThat(two).as("the second, while the first has its locks").isNotDone();
        } else {
            result(two);
        }
        stopped.goOn();
        return new Met<>(result(one), result(two));
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final Set<PausePoint> WITH_LOCKS = Set.of(PausePoint.LOCKED, PausePoint.BEFORE_COMMIT);

    private TaskRef claimed(RunnerSession runner, String name) {
        var ref = runner.claim(1).get(0).ref();
        assertThat(ref.id()).isEqualTo(id(name));
        return ref;
    }

    private TaskState state(String name) {
        return second.find(Scope.ALL, id(name)).orElseThrow().row().state();
    }

    private Optional<Reason> reason(String name) {
        var reason =
                second.find(Scope.ALL, id(name)).orElseThrow().row().status().reason();
        return Optional.ofNullable(reason).map(one -> one.reason());
    }

    private BatchRow batch(String name) {
        return second.summary(Scope.ALL, new BatchId(name)).orElseThrow();
    }

    private long revision(String batch) {
        return database.number("SELECT revision FROM {batch} WHERE id = '" + batch + "'");
    }

    private static List<GenerationId> ended(List<TaskEnd> ends) {
        return ends.stream().map(TaskEnd::id).toList();
    }

    private static void assertStored(Met<StoredOutcomes, StoredOutcomes> met) {
        assertThat(met.first().receipts()).containsExactly(OutcomeReceipt.STORED);
        assertThat(met.second().receipts()).containsExactly(OutcomeReceipt.STORED);
    }

    @ParameterizedTest
    @EnumSource
    void lastTwoTasksOfABatchThatEndAtOnceFinishItOnce(PausePoint point) {
        first.submit(Tasks.batch(new NewBatch(new BatchId("batch"), null, null, false), task("a"), task("b")));
        var a = claimed(one, "a");
        var b = claimed(two, "b");

        var met = meet(
                point,
                WITH_LOCKS,
                () -> one.storeOutcomes(List.of(succeeded(a))),
                () -> two.storeOutcomes(List.of(failed(b))));

        assertStored(met);
        assertThat(ended(met.first().ends())).containsExactly(id("a"));
        assertThat(ended(met.second().ends())).containsExactly(id("b"));
        assertThat(batch("batch").counts()).isEqualTo(new BatchCounts(2, 1, 1, 0, 0, 0));
        assertThat(batch("batch").finishedAt())
                .isEqualTo(database.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        assertThat(revision("batch")).as("born, and changed by each").isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void twoParentsOfAJoinThatEndAtOnceReleaseItOnce(PausePoint point) {
        first.submit(alone(task("a"), task("b"), task("join", "a", "b")));
        var a = claimed(one, "a");
        var b = claimed(two, "b");

        // Under its locks the first has its own task; the join only when everything is written.
        var met = meet(
                point,
                Set.of(PausePoint.BEFORE_COMMIT),
                () -> one.storeOutcomes(List.of(succeeded(a))),
                () -> two.storeOutcomes(List.of(succeeded(b))));

        assertStored(met);
        assertThat(state("join")).isEqualTo(TaskState.READY);
        assertThat(database.number("SELECT open_dependencies FROM {task} WHERE id = 'join'"))
                .isZero();
        assertThat(one.claim(5)).extracting(claimed -> claimed.row().id()).containsExactly(id("join"));
    }

    @ParameterizedTest
    @EnumSource
    void joinOfWhichOneParentFailsAndOneSucceedsAtOnceIsSkippedOnce(PausePoint point) {
        first.submit(alone(task("a"), task("b"), task("join", "a", "b"), task("after", "join")));
        var a = claimed(one, "a");
        var b = claimed(two, "b");

        var met = meet(
                point,
                Set.of(PausePoint.BEFORE_COMMIT),
                () -> one.storeOutcomes(List.of(failed(a))),
                () -> two.storeOutcomes(List.of(succeeded(b))));

        assertStored(met);
        assertThat(ended(met.first().ends())).containsExactly(id("a"), id("join"), id("after"));
        assertThat(ended(met.second().ends())).containsExactly(id("b"));
        assertThat(reason("join")).contains(Reason.DEPENDENCY);
    }

    @Test
    void dependentInABatchThatCameAfterTheLookHasTheChangeBeginAnew() {
        first.submit(alone(task("a")));
        var a = claimed(one, "a");
        int before = pause.begun();

        var met = meet(
                PausePoint.BEFORE_LOCKS,
                Set.of(),
                () -> one.storeOutcomes(List.of(succeeded(a))),
                () -> second.submit(limited("batch", 1, task("x", "a"), task("y", "a"))));

        assertThat(met.second()).isInstanceOf(Submitted.Stored.class);
        assertThat(met.first().receipts()).containsExactly(OutcomeReceipt.STORED);
        assertThat(pause.begun() - before).as("tries").isEqualTo(2);
        assertThat(List.of(state("x"), state("y"))).containsExactly(TaskState.READY, TaskState.HELD);
        assertThat(second.find(Scope.ALL, id("a")).orElseThrow().attempts()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSubmittedWhileTheTaskItDependsOnSucceedsIsReady(PausePoint point) {
        first.submit(alone(task("a")));
        var a = claimed(one, "a");

        var met = meet(
                point,
                WITH_LOCKS,
                () -> one.storeOutcomes(List.of(succeeded(a))),
                () -> second.submit(alone(task("after", "a"))));

        assertThat(met.second()).isInstanceOf(Submitted.Stored.class);
        assertThat(state("after")).isEqualTo(TaskState.READY);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSubmittedWhileTheTaskItDependsOnFailsIsSkipped(PausePoint point) {
        first.submit(alone(task("a")));
        var a = claimed(one, "a");

        meet(
                point,
                WITH_LOCKS,
                () -> one.storeOutcomes(List.of(failed(a))),
                () -> second.submit(alone(task("after", "a"))));

        assertThat(state("after")).isEqualTo(TaskState.SKIPPED);
        assertThat(reason("after")).contains(Reason.DEPENDENCY);
    }

    @ParameterizedTest
    @EnumSource
    void childOfATaskWhoseOutcomeIsBeingStoredIsItsChild(PausePoint point) {
        first.submit(alone(task("parent")));
        var parent = claimed(one, "parent");

        var met = meet(
                point,
                WITH_LOCKS,
                () -> one.storeOutcomes(List.of(succeeded(parent))),
                () -> second.submit(alone(child("child", "parent"))));

        assertThat(met.first().receipts()).containsExactly(OutcomeReceipt.STORED);
        assertThat(second.children(Scope.ALL, id("parent")))
                .singleElement()
                .returns(id("child"), summary -> summary.row().id());
    }

    @ParameterizedTest
    @EnumSource
    void childOfATaskThatIsBeingDeletedIsStoredBeforeOrNotAtAll(PausePoint point) {
        first.submit(alone(task("parent")));

        var met = meet(
                point,
                WITH_LOCKS,
                () -> first.delete(Scope.ALL, id("parent")),
                () -> second.submit(alone(child("child", "parent"))));

        assertThat(met.first()).isPresent();
        if (point == PausePoint.BEFORE_LOCKS) {
            assertThat(met.second()).isInstanceOf(Submitted.Stored.class);
        } else {
            assertThat(met.second()).isEqualTo(new Submitted.ParentGone(id("parent")));
            assertThat(second.find(Scope.ALL, id("child"))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancellationDuringAnOutcomeComesBeforeItOrTooLate(PausePoint point) {
        first.submit(alone(task("a")));
        var a = claimed(one, "a");

        var met = meet(
                point,
                WITH_LOCKS,
                () -> one.storeOutcomes(List.of(succeeded(a))),
                () -> second.cancel(Scope.ALL, id("a")).orElseThrow());

        boolean cancelled = point == PausePoint.BEFORE_LOCKS;
        assertThat(met.second().cancelled()).isEqualTo(cancelled ? List.of(a) : List.of());
        assertThat(met.first().receipts()).containsExactly(cancelled ? OutcomeReceipt.FENCED : OutcomeReceipt.STORED);
        assertThat(state("a")).isEqualTo(cancelled ? TaskState.CANCELLED : TaskState.SUCCEEDED);
        assertThat(second.find(Scope.ALL, id("a")).orElseThrow().attempts())
                .singleElement()
                .returns(Tasks.SPENT, AttemptRow::usage)
                .returns(cancelled ? AttemptOutcome.CANCELLED : AttemptOutcome.SUCCEEDED, AttemptRow::outcome);
    }

    @ParameterizedTest
    @EnumSource
    void outcomeDuringACancellationComesBeforeItOrTooLate(PausePoint point) {
        first.submit(alone(task("a")));
        var a = claimed(two, "a");

        var met = meet(
                point,
                WITH_LOCKS,
                () -> first.cancel(Scope.ALL, id("a")).orElseThrow(),
                () -> two.storeOutcomes(List.of(succeeded(a))));

        boolean stored = point == PausePoint.BEFORE_LOCKS;
        assertThat(met.first().cancelled()).isEqualTo(stored ? List.of() : List.of(a));
        assertThat(met.second().receipts()).containsExactly(stored ? OutcomeReceipt.STORED : OutcomeReceipt.FENCED);
        assertThat(second.find(Scope.ALL, id("a")).orElseThrow().attempts())
                .singleElement()
                .returns(Tasks.SPENT, AttemptRow::usage);
    }

    @ParameterizedTest
    @EnumSource
    void outcomeOfARunnerThatIsBeingTakenForDeadComesBeforeItOrTooLate(PausePoint point) {
        first.submit(alone(task("a")));
        var a = claimed(two, "a");
        database.abandon(two);
        for (long second = 0; second <= Tasks.LEASE.toSeconds(); second++) {
            database.advance(Duration.ofSeconds(1));
            one.beat();
        }

        var met = meet(point, WITH_LOCKS, one::reap, () -> two.storeOutcomes(List.of(succeeded(a))));

        boolean stored = point == PausePoint.BEFORE_LOCKS;
        assertThat(met.first().dead()).containsExactly(two.id());
        assertThat(met.first().resumed()).isEqualTo(stored ? List.of() : List.of(id("a")));
        assertThat(met.second().receipts()).containsExactly(stored ? OutcomeReceipt.STORED : OutcomeReceipt.FENCED);
        assertThat(state("a")).isEqualTo(stored ? TaskState.SUCCEEDED : TaskState.READY);
        assertThat(second.find(Scope.ALL, id("a")).orElseThrow().attempts())
                .singleElement()
                .returns(Tasks.SPENT, AttemptRow::usage)
                .returns(stored ? AttemptOutcome.SUCCEEDED : AttemptOutcome.LATE, AttemptRow::outcome);
    }

    @ParameterizedTest
    @EnumSource
    void deadlineOfATaskWhoseBatchIsBeingChangedIsLeftForTheNextLook(PausePoint point) {
        var minute = Duration.ofMinutes(1);
        first.submit(limited("batch", 1, task("a"), within(minute, task("b"))));
        first.submit(alone(within(minute, task("elsewhere"))));
        var a = claimed(one, "a");
        database.advance(minute);
        one.beat();
        two.beat();

        // It never waits.
        var met = meet(point, Set.of(), () -> one.storeOutcomes(List.of(succeeded(a))), two::expire);

        boolean free = point == PausePoint.BEFORE_LOCKS;
        assertThat(ended(met.second()))
                .containsExactlyInAnyOrder(
                        free ? new GenerationId[] {id("b"), id("elsewhere")} : new GenerationId[] {id("elsewhere")});
        assertThat(met.first().receipts()).containsExactly(OutcomeReceipt.STORED);
        assertThat(ended(two.expire())).isEqualTo(free ? List.of() : List.of(id("b")));
        assertThat(batch("batch").counts()).isEqualTo(new BatchCounts(2, 1, 1, 0, 0, 0));
        assertThat(batch("batch").finishedAt()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void failureThatStopsABatchAndASiblingsSuccessAreBothKept(PausePoint point) {
        first.submit(Tasks.batch(
                new NewBatch(new BatchId("batch"), null, null, true), task("a"), task("b"), task("c"), task("d", "b")));
        var a = claimed(one, "a");
        var b = claimed(two, "b");

        var met = meet(
                point,
                WITH_LOCKS,
                () -> one.storeOutcomes(List.of(failed(a))),
                () -> two.storeOutcomes(List.of(succeeded(b))));

        assertStored(met);
        assertThat(List.of(state("a"), state("b"), state("c"), state("d")))
                .containsExactly(TaskState.FAILED, TaskState.SUCCEEDED, TaskState.SKIPPED, TaskState.SKIPPED);
        assertThat(batch("batch").counts()).isEqualTo(new BatchCounts(4, 1, 1, 0, 2, 0));
        assertThat(batch("batch").finishedAt()).isNotNull();
        assertThat(new HashSet<>(ended(met.first().ends()))).contains(id("a"), id("c"));
        var all = new ArrayList<>(ended(met.first().ends()));
        all.addAll(ended(met.second().ends()));
        assertThat(all).as("each is told of once").doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void nobodyClaimsWhatAFailureThatIsBeingStoredSkips() {
        first.submit(Tasks.batch(new NewBatch(new BatchId("batch"), null, null, true), task("a"), task("b")));
        var a = claimed(one, "a");
        var stopped = pause.next(PausePoint.BEFORE_COMMIT);
        var failing = threads.submit(() -> one.storeOutcomes(List.of(failed(a))));
        stopped.awaitArrival();
        atALock.set(false);

        var claiming = threads.submit(() -> two.claim(5)); // waits or passes by, as the database does it
        await().pollInterval(Duration.ofMillis(5)).until(() -> atALock.get() || claiming.isDone());
        stopped.goOn();

        assertThat(result(failing).receipts()).containsExactly(OutcomeReceipt.STORED);
        assertThat(result(claiming)).isEmpty();
        assertThat(state("b")).isEqualTo(TaskState.SKIPPED);
    }

    /** Whatever frees a place, wherever it stands when another does: never more are under way than may be. */
    @ParameterizedTest
    @EnumSource
    void batchNeverHasMoreUnderWayThanItMay(PausePoint point) {
        first.submit(limited(
                "batch", 2, IntStream.range(0, 8).mapToObj(i -> task("t" + i)).toArray(NewTask[]::new)));
        long most = 0;
        while (batch("batch").finishedAt() == null) {
            List<ClaimedTask> claimed = one.claim(5);
            assertThat(claimed).hasSizeLessThanOrEqualTo(2);
            var left = claimed.get(0).ref();
            var right = claimed.get(claimed.size() - 1).ref();
            meet(
                    point,
                    WITH_LOCKS,
                    () -> one.storeOutcomes(List.of(succeeded(left))),
                    () -> second.cancel(Scope.ALL, right.id()));
            long underWay = database.number(
                    "SELECT COUNT(*) FROM {task} WHERE state IN ('SCHEDULED', 'READY', 'RUNNING', 'UPLOADING')");
            assertThat(underWay).isLessThanOrEqualTo(2);
            most = Math.max(most, underWay);
        }

        assertThat(most).isEqualTo(2);
        assertThat(batch("batch").counts().open()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void claimThatIsHandedBackDuringAnOutcomeOfItsBatchKeepsItsPlace(PausePoint point) {
        first.submit(limited("batch", 2, task("a"), task("b"), task("c"), task("d")));
        var a = claimed(one, "a");
        var b = claimed(two, "b");

        meet(point, WITH_LOCKS, () -> one.storeOutcomes(List.of(succeeded(a))), () -> {
            two.handBack(List.of(b));
            return true;
        });

        assertThat(List.of(state("a"), state("b"), state("c"), state("d")))
                .containsExactly(TaskState.SUCCEEDED, TaskState.READY, TaskState.READY, TaskState.HELD);
    }
}
