package dev.reprise.store;

import dev.reprise.identity.GenerationId;
import dev.reprise.identity.RunnerId;
import java.util.List;

/**
 * What a look after the dead found.
 *
 * @param dead runners that this look has found dead
 * @param resumed tasks of dead runners that are ready again
 * @param ends tasks of dead runners that have failed, with what followed from that
 */
public record ReapReport(List<RunnerId> dead, List<GenerationId> resumed, List<TaskEnd> ends) {

    /** Nothing found. */
    public static final ReapReport NOTHING = new ReapReport(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public ReapReport {
        dead = List.copyOf(dead);
        resumed = List.copyOf(resumed);
        ends = List.copyOf(ends);
    }
}
