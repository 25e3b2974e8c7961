package dev.reprise.store;

import java.time.Duration;
import java.util.List;

/** The optional face of a store that can tell whoever operates it how much waits, what fails, and who works. */
public interface QueueReads {

    /**
     * How the queue stands now. Nothing is counted over finished tasks but failures in the window.
     *
     * @param window how far back failures are counted, from now; positive
     */
    QueueFigures queue(Duration window);

    /** The runners that the store knows: those alive, and for a while those that have died. */
    List<RunnerRow> runners();
}
