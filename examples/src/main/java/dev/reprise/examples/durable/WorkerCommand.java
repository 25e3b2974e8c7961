package dev.reprise.examples.durable;

import dev.reprise.GenerationClient;
import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Command;
import dev.reprise.examples.command.Durations;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.command.Shell;
import dev.reprise.examples.command.UsageException;
import dev.reprise.retry.RetrySchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Works on the tasks in a database until the process is told to end, and logs every provider call. On SIGTERM it claims
 * nothing more, goes on for a while with what is under way and hands back the rest; SIGKILL loses nothing either.
 */
public final class WorkerCommand implements Command {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final int SLOTS = 16;
    private static final int MAX_SLOTS = 10_000;

    @Override
    public String name() {
        return "worker";
    }

    @Override
    public String summary() {
        return "Works on the tasks in a database until it is ended; start as many as you like.";
    }

    @Override
    public List<Option> options() {
        return Database.optionsAnd(
                Option.of(
                        "--log",
                        "FILE",
                        "Gets a JSON line when a call begins, when it ends, and when a task's end is stored. Required."),
                Option.of("--name", "NAME", "What to call this process; its id when nothing is said."),
                Option.of("--slots", "N", "How many tasks it works on at once; " + SLOTS + "."),
                Option.of("--lease", "TIME", "How long it counts as alive when it is silent; 30s."),
                Option.of("--drain", "TIME", "How long it goes on with what is under way when it is to end; 30s."),
                Option.of("--retry", "TIMES", "The waits between attempts, as 2s,4s,8s, which is the default."));
    }

    @Override
    public int run(Arguments arguments, Shell shell) throws Exception {
        var file = arguments.value("--log").orElseThrow(() -> new UsageException("--log FILE is missing"));
        var name = arguments
                .value("--name")
                .orElse("worker-" + ProcessHandle.current().pid());
        int slots = (int) arguments.number("--slots", SLOTS, 1, MAX_SLOTS);
        var schedule = arguments.value("--retry").map(WorkerCommand::schedule).orElse(RetrySchedule.DEFAULT);
        var log = CallLog.open(Path.of(file));
        var database = Database.open(arguments);
        var client = GenerationClient.builder()
                .name(name)
                .provider(new LoggedProvider(new SleepyProvider(), log, Clock.systemUTC()))
                .listener(new StoredLog(log, Clock.systemUTC()))
                .taskStore(database.store())
                .maxConcurrent(slots)
                .retry(schedule)
                .lease(arguments.duration("--lease", LEASE))
                .drainTimeout(arguments.duration("--drain", DRAIN))
                .build();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            shell.out().println(name + " is leaving");
                            shell.out().flush();
                            leave(client, database, log);
                        },
                        "leave"));
        shell.out()
                .println(
                        name + " is at work: process " + ProcessHandle.current().pid() + ", " + slots + " slots");
        shell.out().flush();
        new CountDownLatch(1).await(); // for ever: the shutdown hook does the rest
        return DONE;
    }

    private static void leave(GenerationClient client, Database database, CallLog log) {
        client.close();
        database.close();
        try {
            log.close();
        } catch (IOException e) {
            // Every line was written when it was appended; there is nothing left to lose.
        }
    }

    private static RetrySchedule schedule(String text) {
        var waits = Arrays.stream(text.split(",", -1))
                .map(wait -> Durations.read(wait)
                        .orElseThrow(() -> new UsageException("--retry must be durations, as 2s,4s,8s: " + text)))
                .toArray(Duration[]::new);
        return RetrySchedule.delays(waits);
    }
}
