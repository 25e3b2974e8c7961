package dev.reprise.storage.jdbc.liveness;

import dev.reprise.identity.GenerationId;
import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.TaskRef;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A runner's own row: its birth, its beats, and its death by its own hand. */
public final class RunnerRows {

    private static final String NOW = "SELECT :now AS now_at";
    private static final String BIRTH = """
            INSERT INTO {runner} (id, name, state, lease_ms, beats, beat_at, lease_until, started_at, lock_key, server)
            VALUES (:id, :name, 'ALIVE', :lease, 0, :at, :until, :at, :key, :server)""";
    private static final String BEAT = """
            UPDATE {runner} SET beats = beats + 1, beat_at = :now, lease_until = :now + lease_ms
            WHERE id = :id AND state = 'ALIVE'""";
    private static final String BEAT_AT = "SELECT beat_at FROM {runner} WHERE id = :id";
    public static final String HELD = "SELECT id, epoch FROM {task} WHERE runner = :id AND {is LEASED}";
    private static final String SEEN = "SELECT state, beat_at FROM {runner} WHERE id = :id";
    private static final String BURY =
            "UPDATE {runner} SET state = 'DEAD', died_at = :now WHERE id = :id AND state = 'ALIVE'";

    private RunnerRows() {}

    /**
     * What a beat found.
     *
     * @param alive whether the row was ALIVE
     * @param at the store's time of the beat
     * @param held the tasks this runner has
     */
    public record Beaten(boolean alive, long at, Set<TaskRef> held) {}

    /**
     * What else shows that the runner lives.
     *
     * @param key the key of its session lock, or null
     * @param server the server the session is on, or null
     */
    public record Lock(@Nullable Long key, @Nullable String server) {
        static final Lock NONE = new Lock(null, null);
    }

    /** Makes a runner's row; returns the store's time. */
    public static long open(Transactions transactions, RunnerId id, RunnerSpec spec, Lock lock) {
        return transactions.write("open runner", tx -> {
            long now = now(tx);
            long lease = spec.lease().toMillis();
            String name = spec.name().substring(0, Math.min(200, spec.name().length()));
            tx.sql(BIRTH)
                    .set("id", id.value())
                    .set("name", name)
                    .set("lease", lease)
                    .set("at", now)
                    .set("until", now + lease)
                    .set("key", lock.key())
                    .set("server", lock.server())
                    .update();
            return now;
        });
    }

    public static long now(Tx tx) throws SQLException {
        return tx.sql(NOW).list(row -> row.big("now_at")).get(0);
    }

    public static Beaten beat(Transactions transactions, RunnerId id) {
        return transactions.write("beat", tx -> beat(tx, id));
    }

    public static Beaten beat(Tx tx, RunnerId id) throws SQLException {
        if (tx.sql(BEAT).set("id", id.value()).update() == 0) {
            return new Beaten(false, 0, Set.of());
        }
        long at = tx.sql(BEAT_AT)
                .set("id", id.value())
                .list(row -> row.big("beat_at"))
                .get(0);
        return new Beaten(true, at, held(tx, id));
    }

    private static Set<TaskRef> held(Tx tx, RunnerId id) throws SQLException {
        return new HashSet<>(tx.sql(HELD)
                .set("id", id.value())
                .list(row -> new TaskRef(new GenerationId(row.text("id")), row.big("epoch"))));
    }

    /** What a beat would find, without one. */
    public static Beaten seen(Transactions transactions, RunnerId id) {
        record Seen(boolean alive, long at) {}
        return transactions.single("beat", tx -> {
            var seen = tx.sql(SEEN)
                    .set("id", id.value())
                    .first(row -> new Seen(row.text("state").equals("ALIVE"), row.big("beat_at")))
                    .orElse(new Seen(false, 0));
            return new Beaten(seen.alive, seen.at, seen.alive ? held(tx, id) : Set.of());
        });
    }

    /** Marks the runner's own row DEAD. */
    public static void bury(Transactions transactions, RunnerId id) {
        transactions.write(
                "close runner", tx -> tx.sql(BURY).set("id", id.value()).update());
    }
}
