package dev.reprise.benchmarks;

import java.nio.file.Path;

/**
 * What {@link ClaimTimes} was asked for.
 *
 * @param finished how many finished tasks are in the way on one side
 * @param ready how many tasks are ready on both, at the start of each round
 * @param rounds how often all of them are claimed
 * @param data where the database's files are kept meanwhile
 */
record ClaimOptions(int finished, int ready, int rounds, Path data) {

    static final String USAGE = """
            --finished N        finished tasks (1000000)
            --ready N           tasks that are ready (10000)
            --rounds N          how often they are claimed; the first round warms up (3)
            --data DIR          a directory on a real disk for the database (target/postgres)
            """;

    /** @throws IllegalArgumentException when something is unknown or wrong; the message says what */
    static ClaimOptions parse(String[] args) {
        var options = new ClaimOptions(1_000_000, 10_000, 3, Path.of("target", "postgres"));
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            options = options.with(args[i], args[i + 1]);
        }
        return options;
    }

    private ClaimOptions with(String name, String value) {
        return switch (name) {
            case "--finished" -> new ClaimOptions(Options.number(name, value), ready, rounds, data);
            case "--ready" -> new ClaimOptions(finished, Options.number(name, value), rounds, data);
            case "--rounds" -> new ClaimOptions(finished, ready, Options.number(name, value), data);
            case "--data" -> new ClaimOptions(finished, ready, rounds, Path.of(value));
            default -> throw new IllegalArgumentException("unknown option: " + name);
        };
    }
}
