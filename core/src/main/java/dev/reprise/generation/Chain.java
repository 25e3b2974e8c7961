package dev.reprise.generation;

import java.util.List;

/**
 * The generations that lead to one: root first, that one last.
 *
 * @param generations at least one; the nearest when the chain is longer than the limit
 * @param truncated whether ancestors are missing because the chain is longer than the limit of 50
 * @param cyclic whether following the parents came back to a generation already seen, where it stopped
 */
public record Chain(List<Generation> generations, boolean truncated, boolean cyclic) {

    /** Copies the list. */
    public Chain {
        generations = List.copyOf(generations);
    }

    /** The first: the root, or the oldest one shown. */
    public Generation root() {
        return generations.get(0);
    }
}
