package dev.reprise.benchmarks;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The least, the middle and the greatest of some values.
 *
 * @param min the least
 * @param median the middle one, or the mean of the two in the middle
 * @param max the greatest
 */
record Spread(double min, double median, double max) {

    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(sorted.get(0), median, sorted.get(sorted.size() - 1));
    }

    /** As people read it: the middle, and the others in brackets. */
    String text(DoubleFunction<String> number) {
        return Double.isNaN(median)
                ? "n/a"
                : number.apply(median) + " (" + number.apply(min) + " - " + number.apply(max) + ")";
    }
}
