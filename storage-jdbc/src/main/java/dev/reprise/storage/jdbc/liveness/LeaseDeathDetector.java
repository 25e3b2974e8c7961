package dev.reprise.storage.jdbc.liveness;

import dev.reprise.failure.StoreException;
import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A runner is dead when its lease is over. An observer believes that only when it has itself beaten without a long pause
 * for as long as that lease: what kept it silent, an outage or a server that stood still, may have silenced the living
 * as well, and they must not be reaped.
 */
public final class LeaseDeathDetector implements DeathDetector {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final String EXPIRED = """
            SELECT id, lease_ms, :now AS now_at FROM {runner}
            WHERE state = 'ALIVE' AND id <> :me AND lease_until < :now""";
    private static final String MARK = """
            UPDATE {runner} SET state = 'DEAD', died_at = :now
            WHERE id = :id AND state = 'ALIVE' AND lease_until < :now""";

    private final Transactions transactions;
    private final RunnerId me;
    private volatile boolean steady = true;
    private volatile BeatHistory beats;

    /**
     * An observer by leases alone.
     *
     * @param bornAt the store's time when the observer's row was made
     */
    public LeaseDeathDetector(Transactions transactions, RunnerId me, long bornAt) {
        this.transactions = transactions;
        this.me = me;
        beats = BeatHistory.since(bornAt);
    }

    @Override
    public RunnerRows.Beaten beat() {
        try {
            var beaten = RunnerRows.beat(transactions, me);
            connected(beaten);
            return beaten;
        } catch (StoreException e) {
            disconnected();
            throw e;
        }
    }

    /** A beat has gone through. */
    public void connected(RunnerRows.Beaten beaten) {
        if (beaten.alive()) {
            beats = steady ? beats.and(beaten.at()) : BeatHistory.since(beaten.at());
            steady = true;
        }
    }

    /** The store could not be reached: what was seen before counts for nothing. */
    public void disconnected() {
        steady = false;
    }

    @Override
    public List<RunnerId> look() {
        if (!steady) {
            return List.of();
        }
        try {
            return expired();
        } catch (StoreException e) {
            disconnected();
            throw e;
        }
    }

    private List<RunnerId> expired() {
        List<String> expired = new ArrayList<>();
        transactions.single(
                "look for the dead",
                tx -> tx.sql(EXPIRED)
                        .set("me", me.value())
                        .list(row ->
                                beats.believe(row.big("lease_ms"), row.big("now_at")) && expired.add(row.text("id"))));
        List<RunnerId> dead = new ArrayList<>();
        for (String id : expired) {
            if (transactions.write("mark dead", tx -> tx.sql(MARK).set("id", id).update()) == 1) {
                dead.add(new RunnerId(id));
            }
        }
        return dead;
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }
}
