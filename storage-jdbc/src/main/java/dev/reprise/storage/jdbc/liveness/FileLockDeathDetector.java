package dev.reprise.storage.jdbc.liveness;

import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Notifier a process's death by its lock beside the database's file, whatever its beat says. */
public final class FileLockDeathDetector implements DeathDetector {

    /** What a runner's row says in place of a server. */
    public static final String BY_FILE = "file";

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final String OTHERS =
            "SELECT id FROM {runner} WHERE state = 'ALIVE' AND id <> :me AND server = 'file'";
    private static final String MARK =
            "UPDATE {runner} SET state = 'DEAD', died_at = :now WHERE id = :id AND state = 'ALIVE'";

    private final Transactions transactions;
    private final RunnerId me;
    private final FileLocks locks;
    private final FileLocks.Held held;

    public FileLockDeathDetector(Transactions transactions, RunnerId me, FileLocks locks, FileLocks.Held held) {
        this.transactions = transactions;
        this.me = me;
        this.locks = locks;
        this.held = held;
    }

    @Override
    public RunnerRows.Beaten beat() {
        return RunnerRows.beat(transactions, me);
    }

    @Override
    public List<RunnerId> look() {
        List<String> others = transactions.single(
                "look for the dead", tx -> tx.sql(OTHERS).set("me", me.value()).list(row -> row.text("id")));
        List<RunnerId> dead = new ArrayList<>();
        for (String id : others) {
            if (transactions.aside().call(() -> locks.isFree(id))) {
                if (transactions.write(
                                "mark dead", tx -> tx.sql(MARK).set("id", id).update())
                        == 1) {
                    dead.add(new RunnerId(id));
                }
                locks.forget(id);
            }
        }
        return dead;
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void abandon() {
        held.abandon();
    }

    @Override
    public void close() {
        held.close();
    }
}
