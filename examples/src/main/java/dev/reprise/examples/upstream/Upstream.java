package dev.reprise.examples.upstream;

import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.command.Shell;
import dev.reprise.provider.Provider;
import dev.reprise.retry.RetrySchedule;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A provider for an example.
 *
 * <p>The environment decides which: Anthropic, OpenRouter or OpenAI when its key is set, else the simulator.
 */
public interface Upstream extends AutoCloseable {

    /** Uses the simulator, whatever the environment says. */
    String SIMULATOR = "--simulator";

    /** The model to name. */
    String MODEL = "--model";

    /** The provider to give to the client. */
    Provider provider();

    /** The waits between attempts that suit it. */
    RetrySchedule schedule();

    /** What it is, for the person who runs the example. */
    String description();

    @Override
    void close();

    /** The options that {@link #open} reads. */
    static List<Option> options() {
        return Stream.concat(
                        Stream.of(
                                Option.of(
                                        MODEL,
                                        "NAME",
                                        "The model to ask; or set " + KeyedService.modelVariables() + "."),
                                Option.flag(SIMULATOR, "Use the simulator, even when a key is set.")),
                        Simulated.options().stream())
                .toList();
    }

    /**
     * Opens what the environment and the options say.
     *
     * @param seed the simulator's seed when the options name none
     * @throws dev.reprise.examples.command.UsageException when a service is set up and no model is named
     * @throws IOException when the simulator cannot be started
     */
    static Upstream open(Arguments arguments, Shell shell, long seed) throws IOException {
        var service = KeyedService.configured(shell);
        if (service.isEmpty() || arguments.has(SIMULATOR)) {
            return Simulated.start(arguments, seed);
        }
        return Keyed.open(service.get(), arguments, shell);
    }
}
