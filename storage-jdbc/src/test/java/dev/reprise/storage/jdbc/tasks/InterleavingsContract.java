package dev.reprise.storage.jdbc.tasks;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.failed;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.limited;
import static dev.reprise.storage.jdbc.Tasks.many;
import static dev.reprise.storage.jdbc.Tasks.retry;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.succeeded;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reprise.failure.StoreException;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.storage.jdbc.FaultySource;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.storage.jdbc.NarrowSource;
import dev.reprise.storage.jdbc.Tasks;
import dev.reprise.storage.jdbc.TestDatabase;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Counters;
import dev.reprise.store.NewBatch;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.ReapReport;
import dev.reprise.store.Reason;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredTask;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can come between two steps, replayed; a class for each database extends it. */
@Timeout(180)
abstract class InterleavingsContract {

    private TestDatabase database;
    private FaultySource source;
    private JdbcTaskStore store;
    private RunnerSession one;
    private RunnerSession two;

    abstract TestDatabase createDatabase();

    @BeforeEach
    void open() {
        database = createDatabase();
        source = new FaultySource(database.source());
        store = database.keep(JdbcTaskStore.builder(source)
                .tablePrefix(database.prefix())
                .clock(database.clock())
                .build());
        one = runner(store);
        two = runner(database.openSecond());
    }

    @AfterEach
    void close() {
        assertThat(source.open()).as("connections not returned").isZero();
        database.close();
    }

    private List<TaskRef> claimed(RunnerSession runner, int limit) {
        return runner.claim(limit).stream().map(ClaimedTask::ref).toList();
    }

    private StoredTask read(String name) {
        return store.find(Scope.ALL, id(name)).orElseThrow();
    }

    private TaskState state(String name) {
        return read(name).row().state();
    }

    @SafeVarargs
    private static <T> List<T> atOnce(Callable<T>... calls) {
        var threads = Executors.newFixedThreadPool(calls.length);
        try {
            var start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> call : calls) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void claimWhoseAnswerWasLostIsSeenAtTheNextBeatAndHandedBack() {
        store.submit(many("t", 3));
        source.loseAnswerOf(claimsInOneStatement() ? "getResultSet" : "commit");

        assertThatThrownBy(() -> one.claim(2))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.passing()).isTrue());

        assertThat(source.hasLost()).isTrue();
        var held = one.beat().held();
        assertThat(held).hasSize(2);
        one.handBack(held);
        assertThat(one.beat().held()).isEmpty();
        assertThat(two.claim(10))
                .hasSize(3)
                .allSatisfy(task -> assertThat(task.row().counters()).isEqualTo(Counters.NONE.claimed()));
    }

    /** Whether a claim is one statement, committed by itself. */
    boolean claimsInOneStatement() {
        return false;
    }

    @Test
    void outcomesWhoseAnswerWasLostAreRecognised() {
        store.submit(alone(task("a"), task("b"), task("c"), task("d")));
        var refs = claimed(one, 10);
        var outcomes = List.of(
                succeeded(refs.get(0)),
                retry(refs.get(1), Duration.ofHours(1)),
                new TaskOutcome(refs.get(2), "n-3", null, new TaskOutcome.Next.Park(Reason.UNREADABLE.plain())),
                failed(refs.get(3)));
        source.loseAnswerOf("commit");

        assertThatThrownBy(() -> one.storeOutcomes(outcomes)).isInstanceOf(StoreException.class);
        assertThat(source.hasLost()).isTrue();

        assertThat(one.storeOutcomes(outcomes).receipts()).hasSize(4).containsOnly(OutcomeReceipt.ALREADY_STORED);
        assertThat(database.number("SELECT COUNT(*) FROM {attempt}")).isEqualTo(3);
        assertThat(store.counts(Scope.ALL)).hasSize(4).containsEntry(TaskState.PARKED, 1L);
    }

    @Test
    void submissionWhoseAnswerWasLostIsStoredOnceAndItsClaimIsKnown() {
        var submission = alone(task("a"), task("b"));
        source.loseAnswerOf("commit");
        assertThatThrownBy(() -> one.submit(submission, 1)).isInstanceOf(StoreException.class);

        var again = (Submitted.Stored) one.submit(submission, 1);

        assertThat(again.claimed()).extracting(task -> task.row().id()).containsExactly(id("a"));
        assertThat(again.createdAt()).isEqualTo(read("a").row().times().createdAt());
        assertThat(database.number("SELECT COUNT(*) FROM {task}")).isEqualTo(2);
    }

    @Test
    void poisonedOutcomeEndsAloneAndItsNeighboursAreStored() {
        store.submit(many("t", 20));
        List<TaskOutcome> outcomes = new ArrayList<>();
        for (TaskRef ref : claimed(one, 20)) {
            outcomes.add(ref.id().value().equals("t7") ? Tasks.poisoned(ref) : succeeded(ref));
        }

        var receipts = one.storeOutcomes(outcomes).receipts();

        assertThat(Collections.frequency(receipts, OutcomeReceipt.STORED)).isEqualTo(19);
        assertThat(Collections.frequency(receipts, OutcomeReceipt.UNSTORABLE)).isEqualTo(1);
        assertThat(read("t7").row().status())
                .returns(TaskState.FAILED, TaskStatus::state)
                .returns(Reason.UNSTORABLE.plain(), TaskStatus::reason);
        assertThat(read("t7").attempts()).singleElement().returns(Tasks.SPENT, AttemptRow::usage);
        assertThat(one.storeOutcomes(outcomes).receipts())
                .containsOnly(OutcomeReceipt.ALREADY_STORED, OutcomeReceipt.UNSTORABLE);
    }

    @Test
    void twoParentsOfAJoinThatEndAtOnceReleaseItOnce() {
        for (int round = 0; round < 25; round++) {
            String left = "left" + round;
            String right = "right" + round;
            String join = "join" + round;
            store.submit(alone(task(left), task(right), task(join, left, right)));
            var first = one.claim(1).get(0).ref();
            var second = two.claim(1).get(0).ref();

            atOnce(
                    () -> one.storeOutcomes(List.of(succeeded(first))),
                    () -> two.storeOutcomes(List.of(succeeded(second))));

            assertThat(claimed(one, 5)).extracting(TaskRef::id).containsExactly(id(join));
            one.storeOutcomes(List.of(succeeded(new TaskRef(id(join), 1))));
        }
    }

    @Test
    void lastTasksOfALimitedBatchThatEndAtOnceAdmitAsMany() {
        for (int round = 0; round < 15; round++) {
            String prefix = "r" + round + "-";
            store.submit(limited(
                    "batch" + round, 2, task(prefix + 0), task(prefix + 1), task(prefix + 2), task(prefix + 3)));
            var first = one.claim(1).get(0).ref();
            var second = two.claim(1).get(0).ref();

            atOnce(
                    () -> one.storeOutcomes(List.of(succeeded(first))),
                    () -> two.storeOutcomes(List.of(failed(second))));

            var next = claimed(one, 5);
            assertThat(next).extracting(TaskRef::id).containsExactlyInAnyOrder(id(prefix + 2), id(prefix + 3));
            one.storeOutcomes(next.stream().map(Tasks::succeeded).toList());
        }
    }

    @Test
    void outageLongerThanTheLeaseWithEverybodyAliveKillsNobody() {
        store.submit(alone(task("a"), task("b")));
        claimed(one, 1);
        claimed(two, 1);
        database.advance(Duration.ofSeconds(1));
        one.beat();
        source.down(true);
        for (int second = 0; second < 60; second += 5) {
            database.advance(Duration.ofSeconds(5));
            assertThatThrownBy(one::beat).isInstanceOf(StoreException.class);
        }
        source.down(false);

        assertThat(one.reap()).as("before its own beat").isEqualTo(ReapReport.NOTHING);
        assertThat(one.beat().alive()).isTrue();
        assertThat(one.reap()).as("just connected").isEqualTo(ReapReport.NOTHING);

        assertThat(two.beat().alive()).isTrue();
        assertThat(one.beat().held()).hasSize(1);
        assertThat(two.beat().held()).hasSize(1);
    }

    @Test
    void deadAreFoundOnceTheObserverHasBeenConnectedForALease() {
        source.down(true);
        database.advance(Duration.ofSeconds(60));
        assertThatThrownBy(one::beat).isInstanceOf(StoreException.class);
        source.down(false);
        one.beat();
        beatFor(one, Tasks.LEASE.minusSeconds(1));
        assertThat(one.reap().dead()).isEmpty();
        beatFor(one, Duration.ofSeconds(1));

        assertThat(one.reap().dead()).containsExactly(two.id());
    }

    /** Lets time pass in which a runner beats as it should. */
    private void beatFor(RunnerSession runner, Duration howLong) {
        for (long second = 0; second < howLong.toSeconds(); second++) {
            database.advance(Duration.ofSeconds(1));
            assertThat(runner.beat().alive()).isTrue();
        }
    }

    /** As when the server, or the disk below it, stands still: nothing fails, everything takes long. */
    @Test
    void observerThatWasSilentItselfForLongDoesNotTakeTheSilentForDead() {
        store.submit(alone(task("a")));
        claimed(two, 1);
        beatFor(one, Tasks.LEASE.minusSeconds(5));
        two.beat();
        database.advance(Tasks.LEASE.plusSeconds(5));

        assertThat(one.reap()).as("before its own beat").isEqualTo(ReapReport.NOTHING);
        assertThat(one.beat().alive()).isTrue();
        assertThat(one.reap()).as("after its own beat").isEqualTo(ReapReport.NOTHING);
        assertThat(two.beat().alive()).as("the other comes a little later").isTrue();

        beatFor(one, Tasks.LEASE.plusSeconds(1));
        assertThat(one.reap().dead()).as("one that stays silent").containsExactly(two.id());
    }

    @Test
    void blockedOutcomeLeavesTheGroupInsteadOfStallingItsNeighbours() throws Exception {
        store.submit(many("t", 5));
        var refs = claimed(one, 5);
        var blocker = database.source().getConnection();
        try (var statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement
                    .executeQuery("SELECT id FROM " + database.prefix() + "task WHERE id = '"
                            + refs.get(2).id() + "' FOR UPDATE")
                    .next();
            var storing = Executors.newSingleThreadExecutor();
            try {
                var stored = storing.submit(() ->
                        one.storeOutcomes(refs.stream().map(Tasks::succeeded).toList()));
                var reader = database.openSecond();
                await().untilAsserted(
                                () -> assertThat(reader.counts(Scope.ALL)).containsEntry(TaskState.SUCCEEDED, 4L));
                assertThat(stored.isDone()).isFalse();
                blocker.rollback();
                assertThat(stored.get().receipts()).hasSize(5).containsOnly(OutcomeReceipt.STORED);
            } finally {
                storing.shutdownNow();
            }
        } finally {
            blocker.setAutoCommit(true);
            blocker.close();
        }
        assertThat(state("t2")).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void rowsFromTheFutureAreParkedOrShownSoAndTheOthersAreClaimed() {
        store.submit(many("t", 6));
        database.execute("UPDATE {task} SET kind = 'STORYBOARD' WHERE id = 't1'");
        database.execute("UPDATE {task} SET state = 'TELEPORTING' WHERE id = 't2'");
        database.execute("DELETE FROM {request} WHERE task = 't3'");

        assertThat(claimed(one, 10)).extracting(TaskRef::id).containsExactly(id("t0"), id("t4"), id("t5"));

        assertThat(database.column("SELECT state FROM {task} WHERE id IN ('t1', 't3')"))
                .containsOnly("PARKED");
        assertThat(database.column("SELECT reason FROM {task} WHERE id IN ('t1', 't3')"))
                .containsOnly(Reason.UNREADABLE.code());
        assertThat(one.beat().held()).hasSize(3);
        assertThat(store.counts(Scope.ALL)).containsEntry(TaskState.RUNNING, 3L).containsEntry(TaskState.PARKED, 3L);
        assertThat(read("t2").row().status())
                .returns(TaskState.PARKED, TaskStatus::state)
                .returns(Reason.UNKNOWN_STATE.of("TELEPORTING"), TaskStatus::reason);
        assertThat(store.states(List.of(id("t2")))).containsExactly(Map.entry(id("t2"), TaskState.PARKED));
        assertThat(store.cancel(Scope.ALL, id("t2")))
                .hasValueSatisfying(done -> assertThat(done.cancelled()).isEmpty());
        assertThat(database.column("SELECT state FROM {task} WHERE id = 't2'")).containsOnly("TELEPORTING");
    }

    @Test
    void lockOrderTorture() {
        var random = new Random(42);
        List<String> names = new ArrayList<>();
        for (int b = 0; b < 6; b++) {
            var tasks = new ArrayList<dev.reprise.store.NewTask>();
            for (int i = 0; i < 30; i++) {
                String name = "b" + b + "-" + (100 + random.nextInt(900)) + "-" + i;
                String[] on = i < 5
                        ? new String[0]
                        : new String[] {
                            tasks.get(random.nextInt(i)).id().value(),
                            tasks.get(random.nextInt(i)).id().value()
                        };
                tasks.add(task(name, on));
                names.add(name);
            }
            var batch = new NewBatch(new BatchId("b" + b), null, b % 2 == 0 ? 4 : null, b == 5);
            store.submit(Tasks.batch(batch, tasks.toArray(dev.reprise.store.NewTask[]::new)));
        }
        var ended = new AtomicInteger();
        Callable<Integer> worker = () -> {
            var session = runner(store);
            var own = new Random(ended.incrementAndGet());
            int done = 0;
            for (int idle = 0; idle < 40; idle++) {
                var refs = new ArrayList<>(claimed(session, 5));
                if (!refs.isEmpty()) {
                    idle = 0;
                    Collections.shuffle(refs, own);
                    done += session.storeOutcomes(refs.stream()
                                    .map(ref -> own.nextInt(10) == 0 ? failed(ref) : succeeded(ref))
                                    .toList())
                            .receipts()
                            .size();
                }
                session.beat();
                session.reap();
            }
            session.close();
            return done;
        };
        Callable<Integer> canceller = () -> {
            for (int i = 0; i < 25; i++) {
                store.cancel(Scope.ALL, id(names.get(new Random(i).nextInt(names.size()))));
                if (i % 8 == 7) {
                    store.cancel(Scope.ALL, new BatchId("b" + (i / 8)));
                }
            }
            return 0;
        };

        atOnce(worker, worker, worker, canceller);

        assertThat(store.counts(Scope.ALL).keySet()).allMatch(TaskState::isTerminal);
        assertThat(database.number("SELECT COUNT(*) FROM {task} WHERE open_dependencies < 0 OR runner IS NOT NULL"))
                .isZero();
        assertThat(database.number("SELECT COUNT(*) FROM {dependency} d JOIN {task} t ON t.id = d.task"
                        + " JOIN {task} p ON p.id = d.depends_on"
                        + " WHERE t.state = 'SUCCEEDED' AND p.state <> 'SUCCEEDED'"))
                .isZero();
    }

    @Test
    void unreliableConnectionsLoseNothingAndLeakNothing() {
        store.submit(many("t", 40));
        source.unreliable(new Random(7));
        int rounds = 0;
        while (!countsAtLast().equals(Map.of(TaskState.SUCCEEDED, 40L))) {
            assertThat(rounds++).isLessThan(2_000);
            try {
                var known = claimed(one, 7);
                List<TaskOutcome> outcomes =
                        known.stream().map(Tasks::succeeded).toList();
                while (!outcomes.isEmpty()) {
                    try {
                        one.storeOutcomes(outcomes);
                        outcomes = List.of();
                    } catch (StoreException e) {
                        assertThat(e.passing()).isTrue();
                    }
                }
                one.handBack(one.beat().held());
            } catch (StoreException e) {
                assertThat(e.passing()).as(e.getMessage()).isTrue();
            }
        }
        source.unreliable(null);

        assertThat(database.number("SELECT COUNT(*) FROM {attempt} WHERE outcome = 'SUCCEEDED'"))
                .isEqualTo(40);
        assertThat(database.number("SELECT COUNT(*) FROM {result}")).isEqualTo(40);
    }

    private Map<TaskState, Long> countsAtLast() {
        while (true) {
            try {
                return store.counts(Scope.ALL);
            } catch (StoreException e) {
                assertThat(e.passing()).isTrue();
            }
        }
    }

    @Test
    void callersTransactionDecides() throws SQLException {
        try (Connection connection = database.source().getConnection()) {
            assertThatThrownBy(() -> store.within(connection).submit(alone(task("auto"))))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "the connection's auto-commit is on: there is no transaction to store the submission in");
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);

            store.within(connection).submit(alone(task("rolled-back")));
            connection.rollback();
            var stored = (Submitted.Stored)
                    store.within(connection).submit(alone(task("a"), Tasks.once("b", "key", "hash")));
            assertThat(stored.claimed()).isEmpty();
            assertThat(store.find(Scope.ALL, id("a"))).isEmpty();
            assertNothingCanBeClaimed(one);
            connection.commit();

            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
            assertThat(connection.getAutoCommit()).isFalse();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        }
        assertThat(claimed(one, 10)).extracting(TaskRef::id).containsExactly(id("a"), id("b"));
    }

    void assertNothingCanBeClaimed(RunnerSession runner) {
        assertThat(runner.claim(10)).isEmpty();
    }

    @Test
    void keyThatIsTakenDoesNotSpoilTheCallersTransaction() throws SQLException {
        store.submit(alone(Tasks.once("first", "key", "hash")));
        try (Connection connection = database.source().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO " + database.prefix() + "schema_version VALUES (-7, 'mine', 0, 1)");

            var same = (Submitted.Stored)
                    store.within(connection).submit(alone(task("new"), Tasks.once("x", "key", "hash")));
            var other = store.within(connection).submit(alone(task("not-new"), Tasks.once("y", "key", "another")));
            var repeated = (Submitted.Stored)
                    store.within(connection).submit(alone(task("new"), Tasks.once("x", "key", "hash")));
            var lost = store.within(connection).submit(alone(Tasks.child("orphan", "nobody")));
            connection.commit();
            connection.setAutoCommit(true);

            assertThat(same.existing()).containsOnly(Map.entry(id("x"), id("first")));
            assertThat(other).isEqualTo(new Submitted.KeyReused("key", id("first")));
            assertThat(repeated.createdAt()).isEqualTo(same.createdAt());
            assertThat(lost).isEqualTo(new Submitted.ParentGone(id("nobody")));
        }
        assertThat(database.column("SELECT id FROM {task} ORDER BY id")).containsExactly("first", "new");
        assertThat(database.number("SELECT COUNT(*) FROM {schema_version} WHERE version = -7"))
                .isEqualTo(1);
    }

    @Test
    void sameKeyAtOnceIsStoredOnce() {
        for (int round = 0; round < 10; round++) {
            String key = "key" + round;
            Submission left = alone(Tasks.once("l" + round, key, "hash"), task("left" + round));
            Submission right = alone(Tasks.once("r" + round, key, "hash"), task("right" + round));

            var answers = atOnce(() -> store.submit(left), () -> store.submit(right));

            assertThat(answers).allMatch(answer -> answer instanceof Submitted.Stored);
            assertThat(database.number("SELECT COUNT(*) FROM {task} WHERE idempotency_key = '" + key + "'"))
                    .isEqualTo(1);
            assertThat(store.states(List.of(id("left" + round), id("right" + round))))
                    .hasSize(2);
        }
    }

    @Test
    void crashedTasksAttemptIsClosedLateWithItsUsage() {
        store.submit(alone(task("a")));
        var ref = claimed(two, 1).get(0);
        for (int i = 0; i < 4; i++) {
            database.advance(Duration.ofSeconds(10));
            one.beat();
        }
        assertThat(one.reap().resumed()).containsExactly(id("a"));
        var late = succeeded(ref);

        assertThat(two.storeOutcomes(List.of(late)).receipts()).containsExactly(OutcomeReceipt.FENCED);
        assertThat(two.storeOutcomes(List.of(late)).receipts()).containsExactly(OutcomeReceipt.FENCED);

        assertThat(state("a")).isEqualTo(TaskState.READY);
        assertThat(read("a").result()).isNull();
        assertThat(read("a").attempts())
                .singleElement()
                .returns(AttemptOutcome.LATE, AttemptRow::outcome)
                .returns(Tasks.SPENT, AttemptRow::usage);
    }

    @Test
    void thousandsOfTasksPassThroughTwoConnections() {
        var narrow = database.keep(JdbcTaskStore.builder(new NarrowSource(database.source(), 2))
                .tablePrefix(database.prefix())
                .build());
        narrow.submit(many("t", 2_000));
        var session = runner(narrow);
        Callable<Integer> worker = () -> {
            int done = 0;
            var refs = claimed(session, 100);
            while (!refs.isEmpty()) {
                done += session.storeOutcomes(
                                refs.stream().map(Tasks::succeeded).toList())
                        .receipts()
                        .size();
                refs = claimed(session, 100);
            }
            return done;
        };

        var done = atOnce(worker, worker, worker, worker);

        assertThat(done.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2_000);
        assertThat(narrow.counts(Scope.ALL)).containsOnly(Map.entry(TaskState.SUCCEEDED, 2_000L));
    }
}
