package dev.reprise.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.BatchRow;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.KnownNames;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.ReapReport;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredTask;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStore;
import dev.reprise.store.TaskSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the suites share: a fresh store for each test, and short ways to fill it and to look into it. */
@Timeout(120)
@SuppressWarnings("exports") // "requires transitive" would make JUnit necessary for who takes the fakes alone.
public abstract class StoreSuite {

    /** The lease of every runner here. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** How many runners may die on a task here. */
    static final int CRASH_CAP = 3;

    StoreUnderTest subject;
    TaskStore store;

    /** For a suite with a subclass. */
    protected StoreSuite() {}

    /** A store that is fresh and empty; called before each test. */
    protected abstract StoreUnderTest createStore();

    @BeforeEach
    void openStore() {
        subject = createStore();
        store = subject.store();
    }

    @AfterEach
    void closeStore() {
        subject.close();
    }

    RunnerSession runner() {
        return runner(store);
    }

    static RunnerSession runner(TaskStore of) {
        return of.open(new RunnerSpec("runner", LEASE, CRASH_CAP), () -> {});
    }

    /** Stores tasks by themselves in one submission, and moves time on so that the next are younger. */
    Submitted.Stored submit(Draft... drafts) {
        return submit(Draft.alone(drafts));
    }

    /** Stores a submission, and moves time on so that the next is younger. */
    Submitted.Stored submit(Submission submission) {
        var stored = stored(store.submit(submission));
        subject.advance(Duration.ofMillis(1));
        return stored;
    }

    static Submitted.Stored stored(Submitted submitted) {
        assertThat(submitted).isInstanceOf(Submitted.Stored.class);
        return (Submitted.Stored) submitted;
    }

    /** Lets time pass for a runner that lives. */
    void pass(RunnerSession runner, Duration time) {
        subject.advance(time);
        assertThat(runner.beat().alive()).isTrue();
    }

    /** Claims a task, which must be the only one there is to claim. */
    static ClaimedTask claimOnly(RunnerSession runner) {
        var claimed = runner.claim(10);
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    /** Stores one task and claims it. */
    ClaimedTask submitAndClaim(RunnerSession runner, Draft draft) {
        submit(draft);
        var claimed = claimOnly(runner);
        assertThat(claimed.row().id().value()).isEqualTo(draft.name());
        return claimed;
    }

    /** Stores one outcome; what became of it. */
    static OutcomeReceipt storeOutcome(RunnerSession runner, TaskOutcome outcome) {
        var receipts = runner.storeOutcomes(List.of(outcome)).receipts();
        assertThat(receipts).hasSize(1);
        return receipts.get(0);
    }

    /** Stores outcomes, all of which must be; all that has ended with that. */
    static List<TaskEnd> storeAll(RunnerSession runner, TaskOutcome... outcomes) {
        var stored = runner.storeOutcomes(List.of(outcomes));
        assertThat(stored.receipts()).hasSize(outcomes.length).containsOnly(OutcomeReceipt.STORED);
        return stored.ends();
    }

    /** The names of a process that has registered these providers. */
    static KnownNames knows(String... providers) {
        return new KnownNames(Set.of(providers), Set.of(), Set.of());
    }

    StoredTask read(String id) {
        return store.find(Scope.ALL, Draft.id(id)).orElseThrow(() -> new AssertionError("no task " + id));
    }

    /** What a list must show of a task. */
    TaskSummary summary(String id) {
        var task = read(id);
        var usage = task.attempts().stream().map(AttemptRow::usage).reduce(Usage.NONE, Usage::plus);
        return new TaskSummary(task.row(), usage);
    }

    /** How a batch stands, or a task by itself as a batch of one. */
    BatchRow batchRow(String id) {
        return store.summary(Scope.ALL, new BatchId(id)).orElseThrow(() -> new AssertionError("no batch " + id));
    }

    TaskRow row(String id) {
        return read(id).row();
    }

    TaskState state(String id) {
        return row(id).state();
    }

    /** The states of tasks, in the order asked for. */
    List<TaskState> states(String... ids) {
        return Stream.of(ids).map(this::state).toList();
    }

    /** The only attempt of a task. */
    AttemptRow onlyAttempt(String id) {
        assertThat(read(id).attempts()).hasSize(1);
        return read(id).attempts().get(0);
    }

    boolean exists(String id) {
        return store.find(Scope.ALL, Draft.id(id)).isPresent();
    }

    /**
     * Lets a runner's process die and its lease run out, while observers live and have been connected for more than a
     * lease.
     */
    void die(RunnerSession dying, RunnerSession... observers) {
        subject.abandon(dying);
        for (int i = 0; i < 7; i++) {
            subject.advance(LEASE.dividedBy(3));
            Arrays.stream(observers).forEach(RunnerSession::beat);
        }
    }

    /** Lets a runner's process die, and an observer find it. */
    ReapReport dieAndReap(RunnerSession dying, RunnerSession observer) {
        die(dying, observer);
        var report = observer.reap();
        assertThat(report.dead()).contains(dying.id());
        return report;
    }

    static List<String> names(Stream<GenerationId> ids) {
        return ids.map(GenerationId::value).toList();
    }

    static List<String> claimedNames(List<ClaimedTask> claimed) {
        return names(claimed.stream().map(task -> task.row().id()));
    }

    static List<String> taskNames(List<StoredTask> tasks) {
        return names(tasks.stream().map(task -> task.row().id()));
    }

    static List<String> summaryNames(List<TaskSummary> tasks) {
        return names(tasks.stream().map(task -> task.row().id()));
    }

    static List<String> endNames(List<TaskEnd> ends) {
        return names(ends.stream().map(TaskEnd::id));
    }

    /** A time must be there and lie between two readings of the store's clock. */
    static void assertBetween(@Nullable Instant time, Instant from, Instant to) {
        assertThat(time).isNotNull().isBetween(from, to);
    }
}
