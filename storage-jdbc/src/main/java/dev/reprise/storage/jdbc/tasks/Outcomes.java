package dev.reprise.storage.jdbc.tasks;

import dev.reprise.failure.StoreException;
import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Payload;
import dev.reprise.store.StoredOutcomes;
import dev.reprise.store.TaskEnd;
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
public final class Outcomes {

    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);
    private static final long LARGE = 512 << 10;
    private static final int TRIES = 3;
    private static final int TRIES_ALONE = 8;

    private final Transactions transactions;
    private final RunnerId runner;
    private final Map<String, OutcomeReceipt> receipts = new HashMap<>();
    private final List<TaskOutcome> blocked = new ArrayList<>();
    private final List<TaskEnd> ends = new ArrayList<>();
    private boolean ready;

    private Outcomes(Transactions transactions, RunnerId runner) {
        this.transactions = transactions;
        this.runner = runner;
    }

    /**
     * What became of outcomes.
     *
     * @param stored one receipt for each, in order, and all that has ended
     * @param ready whether something has become READY
     */
    public record Done(StoredOutcomes stored, boolean ready) {}

    public static Done store(Transactions transactions, RunnerId runner, List<TaskOutcome> all) {
        var outcomes = new Outcomes(transactions, runner);
        outcomes.storeAll(all);
        return new Done(new StoredOutcomes(outcomes.answers(all), outcomes.ends), outcomes.ready);
    }

    private List<OutcomeReceipt> answers(List<TaskOutcome> all) {
        Set<String> seen = new HashSet<>();
        List<OutcomeReceipt> answers = new ArrayList<>(all.size());
        for (TaskOutcome one : all) {
            var receipt = Objects.requireNonNull(receipts.get(one.nonce()));
            boolean again = !seen.add(one.nonce()) && receipt == OutcomeReceipt.STORED;
            answers.add(again ? OutcomeReceipt.ALREADY_STORED : receipt);
        }
        return answers;
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
            if (largest(outcome) > transactions.statements().dialect().largestPayload()) {
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
                    default -> throw Transactions.failure("store outcomes", e, fault);
                }
                store(group.subList(0, group.size() / 2));
                store(group.subList(group.size() / 2, group.size()));
                return;
            }
        }
    }

    private void take(OutcomeGroup.Done done, List<TaskOutcome> group) {
        receipts.putAll(done.receipts());
        ends.addAll(done.ends());
        ready |= done.ready();
        group.stream().filter(one -> !done.receipts().containsKey(one.nonce())).forEach(blocked::add);
    }

    /** By now all others are stored; these get a while longer, one by one. */
    private void waitForBlocked() {
        for (TaskOutcome outcome : blocked) {
            var done = transactions.write(
                    "store the outcome of task " + id(outcome),
                    tx -> OutcomeGroup.store(tx, runner, List.of(outcome), true));
            receipts.putAll(done.receipts());
            ends.addAll(done.ends());
            ready |= done.ready();
        }
    }

    private void unstorable(TaskOutcome outcome, @Nullable String why) {
        LOG.warn("the outcome of task {} cannot be stored, it ends FAILED: {}", id(outcome), why);
        try {
            var done = transactions.write(
                    "store the outcome of task " + id(outcome),
                    tx -> OutcomeGroup.storeUnstorable(tx, runner, outcome));
            receipts.putAll(done.receipts());
            ends.addAll(done.ends());
            ready |= done.ready();
        } catch (StoreException e) {
            LOG.error("task {} cannot be ended either: {}", id(outcome), e.getMessage());
            throw e;
        }
    }

    private static long size(TaskOutcome outcome) {
        long handover = outcome.next() instanceof Next.Retry retry && retry.handover() != null
                ? retry.handover().length()
                : 0;
        return handover + result(outcome) + detail(outcome);
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
