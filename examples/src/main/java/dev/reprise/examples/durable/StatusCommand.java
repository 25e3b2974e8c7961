package dev.reprise.examples.durable;

import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Command;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.command.Shell;
import dev.reprise.generation.TaskState;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskStore;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says how the tasks in a database stand. */
public final class StatusCommand implements Command {

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String summary() {
        return "Says how many tasks of a database are in which state.";
    }

    @Override
    public List<Option> options() {
        return Database.optionsAnd(
                Option.flag("--json", "Prints one JSON object of counts by state; with --tasks one for each task."),
                Option.flag("--tasks", "Prints a line for each task: id, state, epoch, attempts with outcomes."));
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        try (var database = Database.openExisting(arguments)) {
            print(database.store(), arguments.has("--json"), arguments.has("--tasks"), shell.out());
        }
        shell.out().flush();
        return DONE;
    }

    static void print(TaskStore store, boolean json, boolean tasks, PrintStream out) {
        if (json && tasks) {
            TaskLines.forEach(store, line -> out.println(line.toJson()));
        } else if (json) {
            out.println(JsonText.write(counts(store)));
        } else {
            counts(store).forEach((state, count) -> out.println(count + " " + state));
            if (tasks) {
                TaskLines.forEach(store, line -> out.println(line.toText()));
            }
        }
    }

    /** A count for each state, in the order of a task's life; a state without tasks has 0. */
    private static Map<String, Long> counts(TaskStore store) {
        var counted = store.counts(Scope.ALL);
        Map<String, Long> counts = new LinkedHashMap<>();
        for (TaskState state : TaskState.values()) {
            counts.put(state.name(), counted.getOrDefault(state, 0L));
        }
        return counts;
    }
}
