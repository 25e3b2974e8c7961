package dev.reprise.examples.call;

import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Command;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.command.Shell;
import dev.reprise.examples.command.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends requests to model gateways through the library and shows, attempt by attempt, what became of them. */
public final class CallCommand implements Command {

    private static final String JSONL = "--jsonl";
    private static final String PARALLEL = "--parallel";
    private static final int MOST_PARALLEL = 1_000;

    @Override
    public String name() {
        return "call";
    }

    @Override
    public String summary() {
        return "Checks a model gateway: requests in as JSON lines, what became of them out as JSON lines.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.flag(JSONL, "Read JSON objects from standard input, one a line. Required."),
                Option.of(PARALLEL, "N", "How many lines to work on at once, 1 to " + MOST_PARALLEL + "; default: 1."));
    }

    @Override
    public int run(Arguments arguments, Shell shell) throws IOException, InterruptedException {
        if (!arguments.has(JSONL)) {
            throw new UsageException("call reads JSON lines: give " + JSONL);
        }
        int parallel = (int) arguments.number(PARALLEL, 1, 1, MOST_PARALLEL);
        var in = new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8));
        var out = new PrintStream(shell.out(), false, StandardCharsets.UTF_8);
        return new Pipeline(parallel, new Caller()::answer).run(in, out) ? DONE : FAILED;
    }
}
