package dev.reprise.store;

import dev.reprise.failure.StoreException;
import dev.reprise.identity.RunnerId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * One incarnation of a runner in a store: the only way to claim tasks and to store their outcomes. Thread-safe.
 *
 * <p>Every method is one or more transactions of its own, done when it returns. A {@link StoreException} that is
 * {@linkplain StoreException#passing() passing} may have happened before or after the commit: every method may be called
 * again with the same arguments, and then has the effect of one call.
 */
public interface RunnerSession extends AutoCloseable {

    /** This incarnation. */
    RunnerId id();

    /** Renews the lease, in one update of the runner's own row, and reads what the store says this runner has. */
    Beat beat();

    /**
     * What is wrong at present that does not keep this runner from its work, in sentences for people, as a connection
     * without which deaths are noticed later; empty when nothing is. Shown in the client's health.
     */
    default List<String> problems() {
        return List.of();
    }

    /** How often to look after the dead: short where the store notices a process's death by itself. */
    Duration reapInterval();

    /**
     * Marks runners dead that are, each by compare-and-set so that one observer wins, and takes their tasks from them:
     * an attempt UNKNOWN, a crash counted, then READY again, or FAILED with {@link Reason#CRASHED} when the cap is
     * reached or the task says so. Another process may observe a task of a dead runner as RUNNING until then.
     */
    ReapReport reap();

    /**
     * Makes SCHEDULED tasks READY that are due, in bulk, except those whose deadline has come. Any runner may do it for
     * all.
     */
    Promotion promote();

    /**
     * Fails tasks with {@link Reason#DEADLINE} whose deadline has come while nobody had them: in WAITING, HELD, SCHEDULED,
     * READY or PARKED; with their end follows what follows from any. The deadline of a RUNNING task is its runner's. One
     * call ends some hundreds at most, and leaves out what somebody else has locked, or whose batch or dependents somebody
     * has. Any runner may do it for all.
     *
     * @return what has ended, with what followed from it; to be called again while there is any. When there is none, none
     *     is left but what is locked
     */
    List<TaskEnd> expire();

    /**
     * Claims up to a number of READY tasks that this process's level may change: highest priority first, then oldest. Of two runners that claim at once, one
     * gets a task. The claim sets the runner, raises epoch and attempt number, and happens only while this runner's row
     * is ALIVE; else nothing is claimed.
     *
     * @param limit at least 1
     */
    List<ClaimedTask> claim(int limit);

    /**
     * Stores a submission and claims up to a number of its tasks in the same transaction.
     *
     * @param claim how many of its READY tasks to claim, in order; zero for none
     */
    Submitted submit(Submission submission, int claim);

    /**
     * Stores outcomes in as few transactions as can be; one that cannot be stored never keeps the others from being
     * stored. Each outcome is fenced by id, epoch, runner and state, never by the lease. With a task's end its dependents
     * are released or skipped and its batch admits the next, in the same transaction.
     *
     * @return a receipt for each outcome, in order, and all that has ended
     */
    StoredOutcomes storeOutcomes(List<TaskOutcome> outcomes);

    /** Gives tasks back whose call was never sent: READY again, the attempt number returned, no attempt recorded. */
    void handBack(Collection<TaskRef> tasks);

    /**
     * Takes tasks up again that were PARKED because nobody knew their provider, processor or handler, and that this runner
     * can run. In a batch with a limit they queue for a place.
     *
     * @param known the names this runner knows
     * @return how many
     */
    int unpark(KnownNames known);

    /** Ends this incarnation: what it still has is treated as if it had died, at once. Idempotent. */
    @Override
    void close();
}
