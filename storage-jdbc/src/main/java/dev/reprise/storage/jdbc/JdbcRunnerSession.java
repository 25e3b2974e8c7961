package dev.reprise.storage.jdbc;

import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.liveness.DeathDetector;
import dev.reprise.storage.jdbc.liveness.RunnerRows;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.tasks.Claims;
import dev.reprise.storage.jdbc.tasks.DeadlineLook;
import dev.reprise.storage.jdbc.tasks.DueLook;
import dev.reprise.storage.jdbc.tasks.HandBack;
import dev.reprise.storage.jdbc.tasks.Outcomes;
import dev.reprise.storage.jdbc.tasks.Parking;
import dev.reprise.storage.jdbc.tasks.Reaper;
import dev.reprise.store.Beat;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.KnownNames;
import dev.reprise.store.Promotion;
import dev.reprise.store.ReapReport;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.StoredOutcomes;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One incarnation of a runner, by its row in the runner table. */
final class JdbcRunnerSession implements RunnerSession {

    private static final int THOROUGH_EVERY = 60;

    private final JdbcTaskStore store;
    private final Transactions transactions;
    private final RunnerId id;
    private final Claims claims;
    private final DeathDetector detector;
    private final Reaper reaper;
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    JdbcRunnerSession(
            JdbcTaskStore store, Transactions transactions, RunnerId id, RunnerSpec spec, DeathDetector detector) {
        this.store = store;
        this.transactions = transactions;
        this.id = id;
        this.detector = detector;
        claims = Claims.of(transactions);
        reaper = new Reaper(transactions, spec.crashCap());
    }

    @Override
    public RunnerId id() {
        return id;
    }

    @Override
    public Beat beat() {
        var beaten = detector.beat();
        return new Beat(beaten.alive(), beaten.held());
    }

    @Override
    public List<String> problems() {
        return detector.problems();
    }

    @Override
    public Duration reapInterval() {
        return detector.interval();
    }

    @Override
    public ReapReport reap() {
        List<RunnerId> dead = detector.look();
        var taken = reaper.take(looks.getAndIncrement() % THOROUGH_EVERY == 0);
        if (!taken.resumed().isEmpty()) {
            store.wake();
        }
        return new ReapReport(dead, taken.resumed(), taken.ends());
    }

    @Override
    public Promotion promote() {
        return DueLook.promote(transactions);
    }

    @Override
    public List<TaskEnd> expire() {
        var passed = DeadlineLook.expire(transactions);
        if (passed.ready()) {
            store.wake();
        }
        return passed.ends();
    }

    @Override
    public List<ClaimedTask> claim(int limit) {
        return claims.claim(id, limit);
    }

    @Override
    public Submitted submit(Submission submission, int claim) {
        return store.submit(submission, id, claim);
    }

    @Override
    public StoredOutcomes storeOutcomes(List<TaskOutcome> outcomes) {
        var done = Outcomes.store(transactions, id, outcomes);
        if (done.ready()) {
            store.wake();
        }
        return done.stored();
    }

    @Override
    public void handBack(Collection<TaskRef> tasks) {
        if (HandBack.of(transactions, id, tasks)) {
            store.wakeAll();
        }
    }

    @Override
    public int unpark(KnownNames known) {
        var done = Parking.unpark(transactions, known);
        if (done.ready()) {
            store.wake();
        }
        return done.unparked();
    }

    /** Looks from now on as if its process had died. For tests. */
    void abandon() {
        detector.abandon();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        store.forget(this);
        try {
            RunnerRows.bury(transactions, id);
            if (!reaper.take(false).resumed().isEmpty()) {
                store.wakeAll();
            }
        } finally {
            detector.close();
        }
    }
}
