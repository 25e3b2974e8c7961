package dev.reprise.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client stands in this process.
 *
 * @param status the short answer
 * @param running how many generations this process is working on
 * @param slots how many it may work on at once; 0 for a client without workers
 * @param unsaved outcomes that wait to be stored
 * @param lastBeat when the store last heard from this client, by this process's clock, or null when it never has
 * @param leftBehind threads with code of the app that goes on although its attempt has been cut off; others take their place
 * @param problems what is wrong at present, for people; empty when all is well
 */
public record Health(
        Status status,
        int running,
        int slots,
        int unsaved,
        @Nullable Instant lastBeat,
        int leftBehind,
        List<String> problems) {

    /** Copies the list. */
    public Health {
        problems = List.copyOf(problems);
    }

    /** The short answer. */
    public enum Status {
        /** All is well. */
        UP,
        /** Something is wrong; it works on, tries again, and has lost nothing. */
        DEGRADED,
        /** It stands still: what it does over and over has not been done for a minute or more. Start the process anew. */
        DOWN,
        /** The client has been closed. */
        CLOSED
    }
}
