package dev.reprise.examples;

import dev.reprise.examples.animation.AnimationExample;
import dev.reprise.examples.call.CallCommand;
import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Command;
import dev.reprise.examples.command.Help;
import dev.reprise.examples.command.Shell;
import dev.reprise.examples.command.UsageException;
import dev.reprise.examples.custom.CustomProviderExample;
import dev.reprise.examples.durable.StatusCommand;
import dev.reprise.examples.durable.SubmitCommand;
import dev.reprise.examples.durable.WorkerCommand;
import dev.reprise.examples.stream.StreamExample;
import dev.reprise.examples.transaction.TransactionExample;
import dev.reprise.examples.upstream.SimulatorCommand;
import dev.reprise.examples.variations.MainJob;
import dev.reprise.failure.RepriseException;
import java.util.List;

/** The examples' jar: calls the command that its first argument names, or the main job. */
public final class Main {

    private static final Command MAIN_JOB = new MainJob();
    private static final List<Command> COMMANDS = List.of(
            MAIN_JOB,
            new AnimationExample(),
            new StreamExample(),
            new CustomProviderExample(),
            new CallCommand(),
            new SimulatorCommand(),
            new WorkerCommand(),
            new SubmitCommand(),
            new StatusCommand(),
            new TransactionExample());

    private Main() {}

    /** Runs a command and ends with its exit code. */
    public static void main(String[] typed) {
        System.exit(run(List.of(typed), Shell.ofProcess()));
    }

    static int run(List<String> typed, Shell shell) {
        try {
            return dispatch(typed, shell);
        } catch (UsageException e) {
            shell.err().println(e.getMessage());
            shell.err().println("See: java -jar reprise-examples.jar --help");
            return Command.MISUSED;
        } catch (RepriseException e) {
            shell.err().println(e.getMessage());
            return Command.FAILED;
        } catch (Exception e) {
            shell.err().println("It did not work: " + e);
            return Command.FAILED;
        }
    }

    private static int dispatch(List<String> typed, Shell shell) throws Exception {
        if (!typed.isEmpty() && List.of("--help", "-h", "help").contains(typed.get(0))) {
            Help.of(COMMANDS, MAIN_JOB, shell.out());
            return Command.DONE;
        }
        boolean named = !typed.isEmpty() && isName(typed.get(0));
        var command = named ? find(typed.get(0)) : MAIN_JOB;
        var rest = named ? typed.subList(1, typed.size()) : typed;
        if (rest.contains("--help")) {
            Help.of(command, shell.out());
            return Command.DONE;
        }
        var arguments = Arguments.parse(rest, command.options());
        if (command.operands().isEmpty() && !arguments.operands().isEmpty()) {
            throw new UsageException(command.name() + " takes options only: "
                    + arguments.operands().get(0));
        }
        return command.run(arguments, shell);
    }

    /** What is neither an option nor a path is meant to be a command. */
    private static boolean isName(String word) {
        return !word.startsWith("-") && !word.contains("/") && !word.contains("\\") && !word.endsWith(".md");
    }

    private static Command find(String name) {
        return COMMANDS.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("unknown command: " + name));
    }
}
