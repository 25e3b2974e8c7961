package dev.reprise.examples.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints how to call a command. */
public final class Help {

    private static final String JAR = "java -jar reprise-examples.jar";

    private Help() {}

    /**
     * Lists commands.
     *
     * @param otherwise the one that runs when none is named
     */
    public static void of(List<Command> commands, Command otherwise, PrintStream out) {
        out.println("Usage: " + JAR + " [command] [options]");
        out.println();
        out.println("Commands");
        commands.forEach(command -> row(
                out,
                command.name(),
                command.summary() + (command.equals(otherwise) ? " Runs when no command is named." : "")));
        out.println();
        out.println("Options of a command: " + JAR + " <command> --help");
    }

    /** Describes one command. */
    public static void of(Command command, PrintStream out) {
        var words = new ArrayList<>(List.of("Usage:", JAR, command.name(), "[options]"));
        if (!command.operands().isEmpty()) {
            words.add(command.operands());
        }
        out.println(String.join(" ", words));
        out.println();
        out.println(command.summary());
        out.println();
        command.options().forEach(option -> row(out, option.usage(), option.help()));
        row(out, "--help", "Show this.");
    }

    private static void row(PrintStream out, String left, String right) {
        out.println("  " + left + " ".repeat(Math.max(2, 24 - left.length())) + right);
    }
}
