package dev.reprise.testkit.store.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks for the shortest program that still parts the stores, whatever the difference: first the shortest end of it, then
 * without parts of it, larger ones first, and at last with simpler operations.
 */
final class Shortening {

    /** What it takes to make stores, in operations. */
    private static final int EFFORT_OF_A_STORE = 5;

    private final Function<List<Operation>, Optional<List<Operation>>> attempt;
    private int effort;
    private List<Operation> shortest;

    /**
     * @param attempt runs a program; the part of it up to the difference, or empty when there is none
     * @param program one that has a difference at its end
     * @param effort how many operations may be run
     */
    Shortening(Function<List<Operation>, Optional<List<Operation>>> attempt, List<Operation> program, int effort) {
        this.attempt = attempt;
        this.effort = effort;
        shortest = program;
    }

    List<Operation> run() {
        cutFront();
        int before;
        do {
            before = shortest.size();
            cutParts();
        } while (simplify() || shortest.size() < before);
        return shortest;
    }

    private boolean parts(List<Operation> program) {
        if (program.isEmpty() || effort <= 0) {
            return false;
        }
        effort -= program.size() + EFFORT_OF_A_STORE;
        var found = attempt.apply(List.copyOf(program));
        found.ifPresent(shorter -> shortest = shorter);
        return found.isPresent();
    }

    private void cutFront() {
        for (int length = 1; length < shortest.size(); length *= 2) {
            if (parts(shortest.subList(shortest.size() - length, shortest.size()))) {
                return;
            }
        }
    }

    /** Delta debugging: without each part of a size, then of half that size. */
    private void cutParts() {
        int size = Math.max(1, shortest.size() / 2);
        while (size >= 1) {
            boolean cut = false;
            // From the end: what stands there is about what the front has made.
            for (int end = shortest.size(); end > 0; end -= size) {
                end = Math.min(end, shortest.size());
                var without = new ArrayList<>(shortest.subList(0, Math.max(0, end - size)));
                without.addAll(shortest.subList(end, shortest.size()));
                cut |= parts(without);
            }
            size = cut && size > 1 ? Math.min(size, Math.max(1, shortest.size() / 2)) : size / 2;
        }
    }

    private boolean simplify() {
        boolean simplified = false;
        for (int i = 0; i < shortest.size(); i++) {
            simplified |= simplify(i);
        }
        return simplified;
    }

    private boolean simplify(int at) {
        boolean simplified = false;
        int tried = 0;
        while (at < shortest.size() && tried < shortest.get(at).simpler().size()) {
            var program = new ArrayList<>(shortest);
            program.set(at, shortest.get(at).simpler().get(tried));
            if (parts(program)) {
                simplified = true; // what has been of no use before is not tried again
            } else {
                tried++;
            }
        }
        return simplified;
    }
}
