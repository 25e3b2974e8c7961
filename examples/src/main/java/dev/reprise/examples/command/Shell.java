package dev.reprise.examples.command;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command runs.
 *
 * @param in what it reads
 * @param out where its results go
 * @param err where complaints go
 * @param environment the environment's variables
 * @param terminal whether a person looks at {@code out} on a terminal that can move its cursor
 */
public record Shell(
        InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {

    /** Copies the map. */
    public Shell {
        environment = Map.copyOf(environment);
    }

    /** This process's. */
    public static Shell ofProcess() {
        var environment = System.getenv();
        return new Shell(System.in, System.out, System.err, environment, isTerminal(environment));
    }

    /** A variable of the environment; empty when it is unset or blank. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** How many characters a line of the terminal holds; 80 when nobody says. */
    public int columns() {
        return variable("COLUMNS")
                .filter(text -> text.matches("\\d{2,4}"))
                .map(Integer::parseInt)
                .orElse(80);
    }

    @SuppressWarnings("SystemConsoleNull") // it is asked further down
    private static boolean isTerminal(Map<String, String> environment) {
        var console = System.console();
        return console != null
                && looksAtPeople(console)
                && !environment.getOrDefault("TERM", "").equals("dumb")
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Since Java 22 there is a console without a terminal, too, and a method that tells. */
    private static boolean looksAtPeople(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
