package dev.reprise.storage.jdbc.liveness;

import dev.reprise.identity.RunnerId;
import java.time.Duration;
import java.util.List;

/** How the death of other runners is noticed. */
public interface DeathDetector extends AutoCloseable {

    /** Renews the lease. */
    RunnerRows.Beaten beat();

    /** Marks those dead that are, and tells which this look has found. */
    List<RunnerId> look();

    /** What is wrong with it that keeps it from nothing but its speed, for people; empty when nothing is. */
    default List<String> problems() {
        return List.of();
    }

    /** How often to look. */
    Duration interval();

    /** Lets go without a word what this runner holds to be seen alive, as a process's death does. */
    default void abandon() {}

    /** Frees what this runner holds to be seen alive. */
    @Override
    default void close() {}
}
