package dev.reprise.examples.durable;

import dev.reprise.GenerationClient;
import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Command;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.command.Shell;
import dev.reprise.examples.command.UsageException;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.TaskStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Stores tasks for a provider that sleeps and fails as it is told, and leaves; workers do them. */
public final class SubmitCommand implements Command {

    private static final int MAX_COUNT = 10_000_000;
    private static final int AT_ONCE = 1_000;
    private static final Duration LATENCY = Duration.ofMillis(20);

    @Override
    public String name() {
        return "submit";
    }

    @Override
    public String summary() {
        return "Stores tasks in a database and leaves; workers do them.";
    }

    @Override
    public List<Option> options() {
        return Database.optionsAnd(
                Option.of("--count", "N", "How many tasks. Required."),
                Option.of("--latency", "TIME", "How long a provider call of them takes; 20ms."),
                Option.of("--fault-rate", "SHARE", "The share of calls that fail, 0 to 1; 0."),
                Option.flag("--ids", "Prints the tasks' ids as well, one a line."));
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        int count = (int) arguments.number("--count", 0, 1, MAX_COUNT);
        if (count == 0) {
            throw new UsageException("--count N is missing");
        }
        var latency = arguments.duration("--latency", LATENCY);
        double faultRate = arguments.share("--fault-rate", 0);
        try (var database = Database.open(arguments)) {
            long start = System.nanoTime();
            var ids = submit(database.store(), count, latency, faultRate);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (arguments.has("--ids")) {
                ids.forEach(id -> shell.out().println(id.value()));
            }
            shell.out().println(String.format(Locale.ROOT, "stored %d tasks in %.2f s", ids.size(), seconds));
        }
        return DONE;
    }

    /** Stores tasks, a thousand in each transaction. */
    static List<GenerationId> submit(TaskStore store, int count, Duration latency, double faultRate) {
        var ids = new ArrayList<GenerationId>(count);
        try (var client =
                GenerationClient.builder().taskStore(store).submitOnly().build()) {
            for (int from = 0; from < count; from += AT_ONCE) {
                var requests = IntStream.range(from, Math.min(count, from + AT_ONCE))
                        .mapToObj(i -> SleepyProvider.request("Sheep number " + (i + 1), latency, faultRate))
                        .toList();
                client.generateAll(requests).stream().map(GenerationHandle::id).forEach(ids::add);
            }
        }
        return ids;
    }
}
