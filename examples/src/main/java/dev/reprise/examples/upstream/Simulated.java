package dev.reprise.examples.upstream;

import static java.time.Duration.ofMillis;

import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.simulator.Simulator;
import dev.reprise.examples.simulator.SimulatorOptions;
import dev.reprise.provider.Provider;
import dev.reprise.provider.anthropic.AnthropicProvider;
import dev.reprise.retry.RetrySchedule;
import java.io.IOException;
import java.util.List;

/** The simulator: a server in this process that speaks Anthropic's protocol over HTTP. */
record Simulated(Simulator simulator, Provider provider, String description) implements Upstream {

    private static final String FAULT_RATE = "--fault-rate";
    private static final String SEED = "--seed";
    private static final String LATENCY = "--latency";

    /** A stream writes this many pieces in the time that it took to begin. */
    private static final int EVENTS_IN_A_LATENCY = 15;

    /** Short, because nobody's quota is at stake; long enough a list that a run hardly ever fails for good. */
    private static final RetrySchedule SCHEDULE = RetrySchedule.delays(
            ofMillis(100),
            ofMillis(200),
            ofMillis(400),
            ofMillis(800),
            ofMillis(1000),
            ofMillis(1000),
            ofMillis(1000),
            ofMillis(1000));

    static List<Option> options() {
        return List.of(
                Option.of(FAULT_RATE, "0..1", "The share of requests that the simulator fails; default: 0.2."),
                Option.of(SEED, "NUMBER", "What the simulator's texts and faults are drawn from."),
                Option.of(
                        LATENCY,
                        "TIME",
                        "How long the simulator takes to begin an answer, and 15 pieces of it; default: 150ms."));
    }

    static Simulated start(Arguments arguments, long seed) throws IOException {
        var options = read(arguments, seed).build();
        var simulator = Simulator.start(options);
        var provider = AnthropicProvider.builder()
                .baseUrl(simulator.anthropicBaseUrl())
                .apiKey("the-simulator-takes-any")
                .model("simulated-writer")
                .build();
        var description = "a simulator on " + simulator.anthropicBaseUrl() + " that fails "
                + Math.round(options.faultRate() * 100) + " % of requests on purpose";
        return new Simulated(simulator, provider, description);
    }

    /** What the options say. */
    static SimulatorOptions.Builder read(Arguments arguments, long seed) {
        var defaults = SimulatorOptions.defaults();
        var latency = arguments.duration(LATENCY, defaults.latency());
        return defaults.toBuilder()
                .seed(arguments.number(SEED, seed, Long.MIN_VALUE, Long.MAX_VALUE))
                .faultRate(arguments.share(FAULT_RATE, defaults.faultRate()))
                .latency(latency)
                .chunkDelay(latency.dividedBy(EVENTS_IN_A_LATENCY));
    }

    @Override
    public RetrySchedule schedule() {
        return SCHEDULE;
    }

    @Override
    public void close() {
        simulator.close();
    }
}
