package dev.reprise.examples.upstream;

import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Command;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.command.Shell;
import dev.reprise.examples.simulator.Fault;
import dev.reprise.examples.simulator.Simulator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the simulator by itself, for {@code call}, for {@code curl} and for one's own app. */
public final class SimulatorCommand implements Command {

    private static final String PORT = "--port";

    @Override
    public String name() {
        return "simulator";
    }

    @Override
    public String summary() {
        return "Runs the simulated provider until it is stopped, for call, for curl, for your own app.";
    }

    @Override
    public List<Option> options() {
        return Stream.concat(
                        Stream.of(Option.of(
                                PORT, "NUMBER", "Where to listen, on this machine only; default: any free port.")),
                        Simulated.options().stream())
                .toList();
    }

    @Override
    public int run(Arguments arguments, Shell shell) throws IOException, InterruptedException {
        var options = Simulated.read(arguments, 1)
                .port((int) arguments.number(PORT, 0, 0, 65_535))
                .build();
        try (var simulator = Simulator.start(options)) {
            shell.out().println("Anthropic Messages            " + simulator.anthropicBaseUrl());
            shell.out().println("OpenAI-compatible chat        " + simulator.openAiBaseUrl());
            shell.out()
                    .println("Requests that fail            " + Math.round(options.faultRate() * 100)
                            + " %; the header " + Fault.HEADER + " asks for one: "
                            + Stream.concat(
                                            Stream.of(Fault.NONE),
                                            Arrays.stream(Fault.values()).map(Fault::headerValue))
                                    .collect(Collectors.joining(", ")));
            Thread.currentThread().join(); // forever: until the process is stopped
        }
        return DONE;
    }
}
