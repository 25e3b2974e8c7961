package dev.reprise.storage.jdbc;

import dev.reprise.identity.GenerationId;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.Beat;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Promotion;
import dev.reprise.store.ReapReport;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.Settlement;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One incarnation of a runner, by its row in the runner table. */
final class JdbcRunnerSession implements RunnerSession {

    private static final int THOROUGH_EVERY = 60;

    private final JdbcTaskStore store;
    private final Transactions transactions;
    private final RunnerId id;
    private final Claims claims;
    private final DeathSigns signs;
    private final Reaper reaper;
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    JdbcRunnerSession(JdbcTaskStore store, Transactions transactions, RunnerId id, RunnerSpec spec, DeathSigns signs) {
        this.store = store;
        this.transactions = transactions;
        this.id = id;
        this.signs = signs;
        claims = transactions.statements().dialect().claims(transactions);
        reaper = new Reaper(transactions, spec.crashCap());
    }

    @Override
    public RunnerId id() {
        return id;
    }

    @Override
    public Beat beat() {
        var beaten = signs.beat();
        return new Beat(beaten.alive(), beaten.held());
    }

    @Override
    public Duration reapInterval() {
        return signs.interval();
    }

    @Override
    public ReapReport reap() {
        List<RunnerId> dead = signs.look();
        var taken = reaper.take(looks.getAndIncrement() % THOROUGH_EVERY == 0);
        if (!taken.resumed().isEmpty()) {
            store.wake();
        }
        return new ReapReport(dead, taken.resumed(), taken.failed());
    }

    @Override
    public Promotion promote() {
        return Schedule.promote(transactions);
    }

    @Override
    public List<GenerationId> expire() {
        var passed = Deadlines.expire(transactions);
        if (passed.ready()) {
            store.wake();
        }
        return passed.expired();
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
    public List<Settlement> settle(List<TaskOutcome> outcomes) {
        var done = Outcomes.settle(transactions, id, outcomes);
        if (done.ready()) {
            store.wake();
        }
        return done.settlements();
    }

    @Override
    public void handBack(Collection<TaskRef> tasks) {
        if (Schedule.handBack(transactions, id, tasks) > 0) {
            store.wakeAll();
        }
    }

    @Override
    public int unpark(Set<String> providers, Set<String> processors) {
        int unparked = Parking.unpark(transactions, providers, processors);
        if (unparked > 0) {
            store.wake();
        }
        return unparked;
    }

    /** Looks from now on as if its process had died. For tests. */
    void abandon() {
        signs.abandon();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        store.forget(this);
        try {
            Leases.bury(transactions, id);
            if (!reaper.take(false).resumed().isEmpty()) {
                store.wakeAll();
            }
        } finally {
            signs.close();
        }
    }
}
