package dev.reprise.examples.durable;

import dev.reprise.examples.durable.Evidence.Kill;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Lets some workers do thousands of tasks, kills one of them at random moments and starts it again, until all is done;
 * then gathers the evidence.
 */
final class KillHarness {

    private static final int SLOTS = 4;
    private static final int TASKS = 2_000;
    private static final int BATCH = 500;
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final double FAULT_RATE = 0.1;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int DRAIN_SECONDS = 30;

    private final Plan plan;
    private final Path folder;
    private final Random random;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final List<Kill> kills = new ArrayList<>();
    private final Set<String> submitted = new HashSet<>();
    private final LogReader logs = new LogReader();
    private final SqliteCheck check;

    private KillHarness(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
        check = new SqliteCheck(plan.url());
        random = new Random(plan.seed());
    }

    /**
     * What to do.
     *
     * @param url the database
     * @param workers how many workers
     * @param kills how many kills
     * @param shortest the shortest time between two kills
     * @param longest the longest time between two kills
     * @param lease how long a worker counts as alive where its death cannot be seen
     * @param seed what the moments and the victims are drawn from
     */
    record Plan(String url, int workers, int kills, Duration shortest, Duration longest, Duration lease, long seed) {}

    /** Does it all; the workers have ended when this returns. */
    static Evidence run(Plan plan, Path folder) throws IOException, InterruptedException, SQLException {
        return new KillHarness(plan, folder).run();
    }

    private Evidence run() throws IOException, InterruptedException, SQLException {
        long start = System.nanoTime();
        try {
            while (submitted.size() < TASKS) {
                submit();
            }
            for (int i = 0; i < plan.workers(); i++) {
                workers.add(start(i));
            }
            while (kills.size() < plan.kills()) {
                killOne();
            }
            try (var database = Database.open(plan.url(), null, null)) {
                awaitEnd(database.store());
                endWorkers();
                return gather(database.store(), Duration.ofNanos(System.nanoTime() - start));
            }
        } finally {
            for (var worker : workers) {
                worker.kill();
            }
        }
    }

    private WorkerProcess start(int index) throws IOException {
        var options = new ArrayList<>(
                List.of("--jdbc", plan.url(), "--log", log(index).toString()));
        options.addAll(List.of("--name", "worker-" + index, "--slots", Integer.toString(SLOTS)));
        options.addAll(List.of("--lease", plan.lease().toSeconds() + "s", "--retry", "200ms,500ms,1s"));
        return WorkerProcess.start(options, folder.resolve("worker-" + index + ".out"));
    }

    private Path log(int index) {
        return folder.resolve("worker-" + index + ".log");
    }

    /** Kills one at a random moment: mostly while it works, now and then while it starts. */
    private void killOne() throws IOException, InterruptedException, SQLException {
        int index = random.nextInt(plan.workers());
        boolean anyTime = random.nextInt(5) == 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            pause(); // the moment is to be random: there is nothing to wait for
            checkAlive();
            readLogs();
            if (submitted.size() - logs.succeeded() < BATCH) {
                submit();
            }
        } while (!anyTime && !logs.hasSeen(workers.get(index).pid()) && System.nanoTime() - deadline < 0);
        kills.add(workers.get(index).kill());
        if (SqliteCheck.isFor(plan.url())) {
            readLogs();
            check.afterKill(logs.lines());
        }
        workers.set(index, start(index));
    }

    private void checkAlive() {
        for (int i = 0; i < plan.workers(); i++) {
            if (!workers.get(i).isAlive()) {
                throw new IllegalStateException("worker " + i + " has ended by itself; see its output in " + folder);
            }
        }
    }

    private void pause() throws InterruptedException {
        long spread = plan.longest().minus(plan.shortest()).toMillis();
        TimeUnit.MILLISECONDS.sleep(plan.shortest().toMillis() + random.nextLong(spread + 1));
    }

    private void readLogs() throws IOException {
        for (int i = 0; i < plan.workers(); i++) {
            logs.read(log(i));
        }
    }

    /** Stores some tasks, as a process of its own would that comes and goes. */
    private void submit() {
        try (var database = Database.open(plan.url(), null, null)) {
            SubmitCommand.submit(database.store(), BATCH, LATENCY, FAULT_RATE).stream()
                    .map(GenerationId::value)
                    .forEach(submitted::add);
        }
    }

    private static void awaitEnd(TaskStore store) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            var open = store.counts(Scope.ALL).keySet();
            if (open.stream().allMatch(TaskState::isTerminal)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(250); // other processes' work: there is nothing here that would say when
        }
    }

    private void endWorkers() throws InterruptedException {
        workers.forEach(WorkerProcess::end);
        for (var worker : workers) {
            if (!worker.ended(DRAIN_SECONDS)) {
                throw new IllegalStateException("a worker with nothing to do has not ended within 30 s");
            }
        }
    }

    private Evidence gather(TaskStore store, Duration took) throws IOException {
        readLogs();
        var tasks = new ArrayList<TaskLine>();
        TaskLines.forEach(store, tasks::add);
        var evidence = new Evidence(Set.copyOf(submitted), tasks, logs.lines(), List.copyOf(kills));
        System.out.printf(
                Locale.ROOT,
                "%d tasks, %d calls, %d kills, %d attempts UNKNOWN, %d lines torn, in %.0f s; %s%n",
                tasks.size(),
                evidence.beginnings().values().stream().mapToInt(Map::size).sum(),
                kills.size(),
                evidence.unknown(),
                logs.torn(),
                took.toMillis() / 1e3,
                Takeovers.of(evidence));
        return evidence;
    }
}
