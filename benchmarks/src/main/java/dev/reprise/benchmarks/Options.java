package dev.reprise.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What the benchmark was asked for.
 *
 * @param entrants who takes part, in the order of the first round
 * @param rounds how often each takes its turn
 * @param plan how much each has to do
 * @param data where the database's files are kept meanwhile
 */
record Options(List<Entrant> entrants, int rounds, Plan plan, Path data) {

    static final String USAGE = """
            --contenders LIST   floor-grouped,floor-single,reprise,db-scheduler (all)
            --rounds N          how often each takes its turn (5)
            --tasks N           tasks measured in a round (20000)
            --warm-up N         tasks before, unmeasured (20000)
            --slots N           tasks under way at once, where there is such a number (256)
            --singles N         tasks submitted one by one (200)
            --data DIR          a directory on a real disk for the database (target/postgres)
            """;

    private static final int ROUNDS = 5;

    /** @throws IllegalArgumentException when something is unknown or wrong; the message says what */
    static Options parse(String[] args) {
        var options = new Options(Arrays.asList(Entrant.values()), ROUNDS, Plan.DEFAULT, Path.of("target", "postgres"));
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            options = options.with(args[i], args[i + 1]);
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--contenders" ->
                new Options(Arrays.stream(value.split(",", -1)).map(Entrant::of).toList(), rounds, plan, data);
            case "--rounds" -> new Options(entrants, number(name, value), plan, data);
            case "--data" -> new Options(entrants, rounds, plan, Path.of(value));
            default -> new Options(entrants, rounds, plan(name, value), data);
        };
    }

    private Plan plan(String name, String value) {
        return switch (name) {
            case "--tasks" ->
                new Plan(number(name, value), plan.warmUp(), plan.bytes(), plan.batch(), plan.slots(), plan.singles());
            case "--warm-up" ->
                new Plan(plan.tasks(), number(name, value), plan.bytes(), plan.batch(), plan.slots(), plan.singles());
            case "--slots" ->
                new Plan(plan.tasks(), plan.warmUp(), plan.bytes(), plan.batch(), number(name, value), plan.singles());
            case "--singles" ->
                new Plan(plan.tasks(), plan.warmUp(), plan.bytes(), plan.batch(), plan.slots(), number(name, value));
            default -> throw new IllegalArgumentException("unknown option: " + name);
        };
    }

    static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number: " + value, e);
        }
    }
}
