package dev.reprise.testkit.store.walk;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where two stores have parted.
 *
 * @param seed the seed of the walk
 * @param step the number of the operation after which they had, from 1
 * @param difference what was different then
 * @param program the shortest program found that parts them, an operation a line
 * @param shortestDifference what is different at its end
 */
public record Divergence(long seed, int step, String difference, List<String> program, String shortestDifference) {

    /** Copies the list. */
    public Divergence {
        program = List.copyOf(program);
    }

    /** All of it, for people. */
    public String text() {
        return program.stream()
                .collect(Collectors.joining(
                        "\n  ",
                        "with seed " + seed + ", the stores have parted at step " + step + ":\n  " + difference
                                + "\nTo walk there again: -Dreprise.walk.seed=" + seed
                                + "\nThe shortest program found (" + program.size() + " operations):\n  ",
                        "\nparts them in this:\n  " + shortestDifference + "\n"));
    }
}
