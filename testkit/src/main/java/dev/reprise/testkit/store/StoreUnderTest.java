package dev.reprise.testkit.store;

import dev.reprise.store.RunnerSession;
import dev.reprise.store.TaskStore;
import java.time.Duration;

/** A store that the suites may fill, with the means to let its time pass. */
public interface StoreUnderTest extends AutoCloseable {

    /** The store: empty at first, always the same. */
    TaskStore store();

    /** Opens another store over the same data, as a second process would; closed together with this. */
    TaskStore openSecond();

    /**
     * Moves the store's clock on, for leases and due times. Real time may pass on it besides: the suites compare times
     * coarsely.
     */
    void advance(Duration by);

    /**
     * Makes a runner look as if its process had died. Its beats have stopped already; what else shows the store that a
     * process lives, as the lock of a session or a file, is to be let go here. Nothing to do where there is no such thing.
     */
    default void abandon(RunnerSession runner) {}

    /** Closes the stores and frees what belongs to them. */
    @Override
    void close();
}
