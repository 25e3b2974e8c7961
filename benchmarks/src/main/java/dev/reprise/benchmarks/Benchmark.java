package dev.reprise.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs all contenders in turn, round after round, and prints what they reached. */
public final class Benchmark {

    private final Options options;
    private final Server server;

    private Benchmark(Options options, Server server) {
        this.options = options;
        this.server = server;
    }

    /** The program; see {@code README.md}. */
    public static void main(String[] args) throws IOException, SQLException, InterruptedException {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        Files.createDirectories(options.data().toAbsolutePath().getParent());
        try (var server = Server.start(options.data().toAbsolutePath())) {
            new Benchmark(options, server).run();
        }
    }

    private void run() throws IOException, SQLException, InterruptedException {
        System.out.println(facts());
        var report = new Report();
        for (int round = 1; round <= options.rounds(); round++) {
            var figures = new EnumMap<Entrant, Figures>(Entrant.class);
            for (Entrant entrant : order(round)) {
                var one = trial(entrant);
                figures.put(entrant, one);
                System.out.printf(
                        "round %d %s: %s executions/s, %s enqueued/s, %s write tx per task%n",
                        round,
                        entrant.title(),
                        Figure.EXECUTE.text(one.of(Figure.EXECUTE)),
                        Figure.ENQUEUE.text(one.of(Figure.ENQUEUE)),
                        Figure.WRITES.text(one.of(Figure.WRITES)));
            }
            report.add(figures);
        }
        System.out.println();
        System.out.println(report.markdown());
    }

    /** Forwards in odd rounds, backwards in even ones, so that nobody always follows the same neighbour. */
    private List<Entrant> order(int round) {
        var order = new ArrayList<>(options.entrants());
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        return order;
    }

    private Figures trial(Entrant entrant) throws IOException, SQLException, InterruptedException {
        var url = server.create("trial");
        try {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xms512m", "-Xmx512m", "-cp", System.getProperty("java.class.path")));
            command.addAll(childOptions());
            command.add(Trial.class.getName());
            command.addAll(List.of(entrant.title(), url));
            command.addAll(options.plan().arguments());
            var child = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<String> output;
            try (var reader = child.inputReader()) {
                output = reader.lines().toList();
            }
            if (child.waitFor() != 0) {
                throw new IllegalStateException(entrant.title() + " failed: " + String.join("\n", output));
            }
            return Figures.in(output);
        } finally {
            server.drop("trial");
        }
    }

    /** Options for the children's JVM, to profile them with. */
    private static List<String> childOptions() {
        var options = System.getenv("BENCHMARK_JAVA_OPTIONS");
        return options == null || options.isBlank()
                ? List.of()
                : List.of(options.strip().split("\\s+", -1));
    }

    private String facts() {
        var plan = options.plan();
        Map<String, String> facts = server.facts();
        return "%d tasks of %d random bytes after %d to warm up, %d slots; %d processors, Java %s%n%s%n"
                .formatted(
                        plan.tasks(),
                        plan.bytes(),
                        plan.warmUp(),
                        plan.slots(),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        facts.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(fact -> fact.getKey() + " " + fact.getValue())
                                .collect(Collectors.joining(", ")));
    }
}
