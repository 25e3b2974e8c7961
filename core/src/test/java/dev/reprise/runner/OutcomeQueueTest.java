package dev.reprise.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.attempt.ActiveCall;
import dev.reprise.attempt.Claim;
import dev.reprise.attempt.Conclusion;
import dev.reprise.background.Problems;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Reason;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.StoredOutcomes;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import dev.reprise.time.TimeSource;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What waits while a commit is under way, or while calls are being started, shares the next commit. */
class OutcomeQueueTest {

    private final Queue<Runnable> storeThread = new ArrayDeque<>();
    private final List<Integer> groups = new ArrayList<>();
    private final OutcomeQueue queue =
            new OutcomeQueue(storeThread::add, TimeSource.system(), new Problems(), stored -> {});
    private Runnable duringCommit = () -> {};
    private int count;

    /** Stores everything and notes how many came at once. */
    private final RunnerSession session = (RunnerSession) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {RunnerSession.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("id")) {
                    return new RunnerId("runner");
                }
                int size = ((List<?>) arguments[0]).size();
                groups.add(size);
                var action = duringCommit;
                duringCommit = () -> {};
                action.run();
                return new StoredOutcomes(Collections.nCopies(size, OutcomeReceipt.STORED), List.of());
            });

    private void add(int number) {
        for (int i = 0; i < number; i++) {
            count++;
            var call = new ActiveCall(null, text -> {});
            var outcome = new TaskOutcome(
                    new TaskRef(new GenerationId("task-" + count), 1),
                    "nonce-" + count,
                    null,
                    new TaskOutcome.Next.Park(Reason.UNREADABLE.plain()));
            queue.add(new Conclusion(new Claim(null, session, call, 0), outcome, receipt -> {}));
        }
    }

    private void runStoreThread() {
        for (var action = storeThread.poll(); action != null; action = storeThread.poll()) {
            action.run();
        }
    }

    @Test
    void outcomeAloneIsCommittedAtOnce() {
        add(1);
        runStoreThread();

        assertThat(groups).containsExactly(1);
        assertThat(queue.unsaved()).isZero();
    }

    @Test
    void outcomesThatComeDuringACommitShareTheNext() {
        duringCommit = () -> add(5);

        add(1);
        runStoreThread();

        assertThat(groups).containsExactly(1, 5);
    }

    @Test
    void outcomesThatComeWhileCallsAreStartedShareOneCommit() {
        queue.holdWhile(() -> {
            add(1);
            runStoreThread();
            assertThat(groups).isEmpty();
            add(2);
        });
        runStoreThread();

        assertThat(groups).containsExactly(3);
        assertThat(queue.unsaved()).isZero();
    }

    @Test
    void commitUnderWayGoesOnAfterCallsWereStarted() {
        duringCommit = () -> queue.holdWhile(() -> add(2));

        add(1);
        runStoreThread();

        assertThat(groups).containsExactly(1, 2);
    }

    @Test
    void whatWasHeldDuringACommitIsNotForgotten() {
        // The commit ends while calls are still being started: it must take nothing, and the start must go on with it.
        add(1);
        queue.holdWhile(() -> {
            runStoreThread();
            add(1);
            assertThat(groups).isEmpty();
        });
        runStoreThread();

        assertThat(groups).containsExactly(2);
    }

    @Test
    void startingNothingCommitsNothing() {
        queue.holdWhile(() -> {});

        assertThat(storeThread).isEmpty();
    }
}
