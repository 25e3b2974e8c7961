package dev.reprise.benchmarks;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one contender reached in one round.
 *
 * @param values one for each figure; NaN where it could not be measured
 */
record Figures(Map<Figure, Double> values) {

    private static final String MARK = "figures:";

    Figures {
        if (values.size() != Figure.values().length) {
            throw new IllegalArgumentException("figures are missing: only " + values.keySet());
        }
        values = Map.copyOf(values);
    }

    double of(Figure figure) {
        return values.getOrDefault(figure, Double.NaN);
    }

    /** As one line of a child's output. */
    String line() {
        return Arrays.stream(Figure.values())
                .map(figure -> figure.name() + "=" + of(figure))
                .collect(Collectors.joining(" ", MARK + " ", ""));
    }

    /** Finds the line among a child's output. */
    static Figures in(List<String> output) {
        var line = output.stream()
                .filter(one -> one.startsWith(MARK))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the child printed no figures"));
        var values = new EnumMap<Figure, Double>(Figure.class);
        for (String pair : line.substring(MARK.length()).strip().split(" ", -1)) {
            int equals = pair.indexOf('=');
            values.put(Figure.valueOf(pair.substring(0, equals)), Double.valueOf(pair.substring(equals + 1)));
        }
        return new Figures(values);
    }
}
