package dev.reprise.benchmarks;

import java.util.List;

/**
 * How much each contender has to do.
 *
 * @param tasks how many tasks are measured, at least 1
 * @param warmUp how many go before, unmeasured, so that the JVM has compiled the code
 * @param bytes how long each task's random text is
 * @param batch how many tasks are stored by one call
 * @param slots how many tasks may be under way at once, where the contender has such a number
 * @param singles how many tasks are submitted one by one to measure how soon they are picked up
 */
record Plan(int tasks, int warmUp, int bytes, int batch, int slots, int singles) {

    static final Plan DEFAULT = new Plan(20_000, 20_000, 200, 1_000, 256, 200);

    Plan {
        if (tasks < 1 || warmUp < 0 || bytes < 1 || batch < 1 || slots < 1 || singles < 0) {
            throw new IllegalArgumentException("a number of the plan is too small");
        }
    }

    /** As arguments of a program. */
    List<String> arguments() {
        return List.of(text(tasks), text(warmUp), text(bytes), text(batch), text(slots), text(singles));
    }

    /** Reads what {@link #arguments} wrote. */
    static Plan of(List<String> arguments) {
        var numbers = arguments.stream().map(Integer::valueOf).toList();
        return new Plan(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), numbers.get(4), numbers.get(5));
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
