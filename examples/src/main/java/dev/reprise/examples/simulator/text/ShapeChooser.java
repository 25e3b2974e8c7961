package dev.reprise.examples.simulator.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hands out shapes so that answers to one prompt differ: a prompt's second answer has another shape than its first,
 * and two angles on one prompt never get the same shape while there is one to spare. Thread-safe.
 */
final class ShapeChooser {

    private static final int PROMPTS_REMEMBERED = 10_000;

    private final long seed;
    private final Map<Long, Handed> prompts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Handed> eldest) {
            return size() > PROMPTS_REMEMBERED;
        }
    };

    ShapeChooser(long seed) {
        this.seed = seed;
    }

    /**
     * The shape for the next answer to a prompt.
     *
     * @param arrives whether the answer will reach the caller; one that fails on its way uses up no shape, so a
     *     retry gets the text the first try would have
     */
    synchronized Shape choose(String hints, boolean arrives) {
        long prompt = StableHash.of(seed, Angle.without(hints));
        Handed handed = prompts.computeIfAbsent(prompt, key -> new Handed());
        Optional<Angle> angle = Angle.in(hints);
        return angle.isPresent() ? handed.angle(angle.get(), prompt) : handed.next(prompt, arrives);
    }

    private static final class Handed {

        private final Map<Angle, Shape> angles = new LinkedHashMap<>();
        private int answers;

        Shape next(long prompt, boolean arrives) {
            int turn = arrives ? answers++ : answers;
            return Shape.at(prompt + turn);
        }

        Shape angle(Angle angle, long prompt) {
            Shape known = angles.get(angle);
            if (known != null) {
                return known;
            }
            long wish = angle.preferred(prompt);
            Shape shape = Shape.at(wish);
            for (int i = 1; i < Shape.ALL.size() && angles.containsValue(shape); i++) {
                shape = Shape.at(wish + i);
            }
            angles.put(angle, shape);
            return shape;
        }
    }
}
