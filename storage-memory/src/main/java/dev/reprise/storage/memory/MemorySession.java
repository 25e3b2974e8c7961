package dev.reprise.storage.memory;

import dev.reprise.identity.GenerationId;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.Beat;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Promotion;
import dev.reprise.store.ReapReport;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Settlement;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** One incarnation of a runner in this store. */
final class MemorySession implements RunnerSession {

    private static final int LOOKS_PER_LEASE = 4;

    private final RunnerEntry runner;
    private final Exclusive exclusive;
    private final Claims claims;
    private final Schedule schedule;
    private final Submissions submissions;
    private final Outcomes outcomes;
    private final Reaper reaper;

    MemorySession(
            RunnerEntry runner,
            Exclusive exclusive,
            Claims claims,
            Schedule schedule,
            Submissions submissions,
            Outcomes outcomes,
            Reaper reaper) {
        this.runner = runner;
        this.exclusive = exclusive;
        this.claims = claims;
        this.schedule = schedule;
        this.submissions = submissions;
        this.outcomes = outcomes;
        this.reaper = reaper;
    }

    @Override
    public RunnerId id() {
        return runner.id();
    }

    @Override
    public Beat beat() {
        return exclusive.write(runner, this::beat);
    }

    private Beat beat(Instant now) {
        if (!runner.alive()) {
            return new Beat(false, Set.of());
        }
        runner.renew(now);
        return new Beat(true, runner.heldRefs());
    }

    @Override
    public Duration reapInterval() {
        return runner.spec().lease().dividedBy(LOOKS_PER_LEASE);
    }

    @Override
    public ReapReport reap() {
        return exclusive.write(runner, now -> reaper.reap(runner, now));
    }

    @Override
    public Promotion promote() {
        return exclusive.write(runner, schedule::promote);
    }

    @Override
    public List<GenerationId> expire() {
        // This runner is woken as well: the end of one may have made another ready.
        return exclusive.write(null, schedule::expire);
    }

    @Override
    public List<ClaimedTask> claim(int limit) {
        return exclusive.write(runner, now -> claims.next(runner, limit, now));
    }

    @Override
    public Submitted submit(Submission submission, int claim) {
        return exclusive.write(runner, now -> submissions.submit(submission, runner, claim, now));
    }

    @Override
    public List<Settlement> settle(List<TaskOutcome> all) {
        // This runner is woken as well: a settlement does not say whether dependents were released.
        return exclusive.write(
                null,
                now -> all.stream()
                        .map(outcome -> outcomes.settle(outcome, runner, now))
                        .toList());
    }

    @Override
    public void handBack(Collection<TaskRef> tasks) {
        exclusive.write(runner, now -> claims.handBack(tasks, runner));
    }

    @Override
    public int unpark(Set<String> providers, Set<String> processors) {
        return exclusive.write(runner, now -> claims.unpark(providers, processors));
    }

    @Override
    public void close() {
        exclusive.write(runner, now -> reaper.leave(runner, now));
    }
}
