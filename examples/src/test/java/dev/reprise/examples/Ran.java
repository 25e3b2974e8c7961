package dev.reprise.examples;

import dev.reprise.examples.command.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A command that has been run in this process, and what came of it. */
public record Ran(int exitCode, String out, String err) {

    /** Runs a command without keys, input and terminal. */
    public static Ran of(String... words) {
        return in(Map.of(), "", words);
    }

    /** Runs a command with an environment and an input. */
    public static Ran in(Map<String, String> environment, String input, String... words) {
        return in(environment, input, false, words);
    }

    /** Runs a command on a terminal. */
    public static Ran onTerminal(Map<String, String> environment, String... words) {
        return in(environment, "", true, words);
    }

    private static Ran in(Map<String, String> environment, String input, boolean terminal, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var shell = new Shell(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                terminal);
        int exitCode = Main.run(List.of(words), shell);
        return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The lines of the output. */
    public List<String> lines() {
        return out.lines().toList();
    }
}
