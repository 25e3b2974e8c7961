package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.Payload;
import dev.reprise.store.Reasons;
import dev.reprise.store.Settlement;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores outcomes in groups. Contention repeats a whole group; data that cannot be stored is found by halving the group,
 * and ends its task alone; an outcome behind somebody's lock leaves the group.
 */
final class Outcomes {

    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);
    private static final long LARGE = 512 << 10;
    private static final int TRIES = 3;
    private static final int TRIES_ALONE = 8;

    private final Transactions transactions;
    private final RunnerId runner;
    private final Map<String, Settlement> settled = new HashMap<>();
    private final List<TaskOutcome> blocked = new ArrayList<>();
    private boolean ready;

    private Outcomes(Transactions transactions, RunnerId runner) {
        this.transactions = transactions;
        this.runner = runner;
    }

    /**
     * What became of outcomes.
     *
     * @param settlements one for each, in order
     * @param ready whether something has become READY
     */
    record Done(List<Settlement> settlements, boolean ready) {}

    static Done settle(Transactions transactions, RunnerId runner, List<TaskOutcome> all) {
        var outcomes = new Outcomes(transactions, runner);
        outcomes.storeAll(all);
        return new Done(outcomes.settlements(all), outcomes.ready);
    }

    private List<Settlement> settlements(List<TaskOutcome> all) {
        Set<String> seen = new HashSet<>();
        List<Settlement> settlements = new ArrayList<>(all.size());
        for (TaskOutcome one : all) {
            var settlement = Objects.requireNonNull(settled.get(one.nonce()));
            boolean again = !seen.add(one.nonce()) && settlement == Settlement.STORED;
            settlements.add(again ? Settlement.ALREADY_STORED : settlement);
        }
        return settlements;
    }

    private void storeAll(List<TaskOutcome> all) {
        var capacity = transactions.statements().dialect().capacity();
        List<TaskOutcome> group = new ArrayList<>();
        Set<String> tasks = new HashSet<>();
        Set<String> nonces = new HashSet<>();
        long bytes = 0;
        for (TaskOutcome outcome : all) {
            long size = size(outcome);
            if (!nonces.add(outcome.nonce())) {
                continue;
            }
            if (!isPossible(outcome)) {
                unstorable(outcome, "it is no end");
            } else if (largest(outcome) > transactions.statements().dialect().largestPayload()) {
                unstorable(outcome, "a payload of " + largest(outcome) + " bytes");
            } else if (size > LARGE) {
                // Large payloads have a lane of their own, so that the others need not wait for them.
                store(List.of(outcome));
            } else {
                if (group.size() == capacity.outcomes()
                        || bytes + size > capacity.outcomeBytes()
                        || !tasks.add(id(outcome))) {
                    store(group);
                    group = new ArrayList<>();
                    bytes = 0;
                    tasks.clear();
                    tasks.add(id(outcome));
                }
                group.add(outcome);
                bytes += size;
            }
        }
        store(group);
        waitForBlocked();
    }

    private static boolean isPossible(TaskOutcome outcome) {
        return !(outcome.next() instanceof Next.Finish finish)
                || (finish.state().isTerminal() && finish.state() != TaskState.SKIPPED);
    }

    private static String id(TaskOutcome outcome) {
        return outcome.ref().id().value();
    }

    private void store(List<TaskOutcome> group) {
        if (group.isEmpty()) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                take(transactions.writeOnce(tx -> OutcomeGroup.store(tx, runner, group, false)), group);
                return;
            } catch (SQLException e) {
                var fault = transactions.classify(e);
                switch (fault) {
                    case CONTENTION -> {
                        if (attempt < TRIES || (group.size() == 1 && attempt < TRIES_ALONE)) {
                            Transactions.pause(attempt);
                            continue;
                        }
                        if (group.size() == 1) {
                            blocked.addAll(group);
                            return;
                        }
                    }
                    case DATA, DUPLICATE -> {
                        if (group.size() == 1) {
                            unstorable(group.get(0), e.getMessage());
                            return;
                        }
                    }
                    default -> throw Transactions.failure("settle", e, fault);
                }
                store(group.subList(0, group.size() / 2));
                store(group.subList(group.size() / 2, group.size()));
                return;
            }
        }
    }

    private void take(OutcomeGroup.Done done, List<TaskOutcome> group) {
        settled.putAll(done.settled());
        ready |= done.ready();
        group.stream().filter(one -> !done.settled().containsKey(one.nonce())).forEach(blocked::add);
    }

    /** By now all others are stored; these get a while longer, one by one. */
    private void waitForBlocked() {
        for (TaskOutcome outcome : blocked) {
            var done = transactions.write(
                    "settle task " + id(outcome), tx -> OutcomeGroup.store(tx, runner, List.of(outcome), true));
            settled.putAll(done.settled());
            ready |= done.ready();
        }
    }

    private void unstorable(TaskOutcome outcome, @Nullable String why) {
        LOG.warn("the outcome of task {} cannot be stored, it ends FAILED: {}", id(outcome), why);
        try {
            var done = transactions.write(
                    "settle task " + id(outcome),
                    tx -> OutcomeGroup.storeUnstorable(tx, runner, outcome, Reasons.UNSTORABLE));
            settled.putAll(done.settled());
            ready |= done.ready();
        } catch (StoreException e) {
            LOG.error("task {} cannot be ended either: {}", id(outcome), e.getMessage());
            throw e;
        }
    }

    private static long size(TaskOutcome outcome) {
        long carry = outcome.next() instanceof Next.Retry retry && retry.carry() != null
                ? retry.carry().length()
                : 0;
        return carry + result(outcome) + detail(outcome);
    }

    private static long largest(TaskOutcome outcome) {
        return Math.max(size(outcome) - result(outcome) - detail(outcome), Math.max(result(outcome), detail(outcome)));
    }

    private static long result(TaskOutcome outcome) {
        return outcome.next() instanceof Next.Finish finish ? finish.result().size() : 0;
    }

    private static long detail(TaskOutcome outcome) {
        var report = outcome.attempt();
        Payload detail = report == null ? null : report.detail();
        return detail == null ? 0 : detail.size();
    }
}
