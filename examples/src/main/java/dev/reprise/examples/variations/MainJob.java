package dev.reprise.examples.variations;

import dev.reprise.GenerationClient;
import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Command;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.command.Shell;
import dev.reprise.examples.command.UsageException;
import dev.reprise.examples.upstream.Upstream;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** The main job: four variations of a brief, one of them refined twice. */
public final class MainJob implements Command {

    private static final String OUT = "--out";
    private static final String PLAIN = "--plain";
    private static final String DURABLE = "--durable";
    private static final String DATA = "--data";
    private static final String DATA_FOLDER = "reprise-data";
    private static final String REFINE = "--refine";
    private static final String FOLDER = "reprise-output";

    /** With this one, an ordinary run meets faults of several kinds. */
    private static final long SEED = 93;

    private static final List<String> INSTRUCTIONS = List.of("Make it warmer.", "Make it shorter.");

    @Override
    public String name() {
        return "variations";
    }

    @Override
    public String summary() {
        return "Makes four variations of a brief and refines the first twice.";
    }

    @Override
    public String operands() {
        return "[brief.md]";
    }

    @Override
    public List<Option> options() {
        return Stream.concat(
                        Stream.of(
                                Option.of(OUT, "FOLDER", "Where to write what was made; default: " + FOLDER + "."),
                                Option.of(REFINE, "TEXT", "What to refine; may be given repeatedly."),
                                Option.flag(
                                        DURABLE,
                                        "Keep everything in a file: a run that was killed goes on where it was."),
                                Option.of(DATA, "FOLDER", "Where --durable keeps it; default: " + DATA_FOLDER + "."),
                                Option.flag(PLAIN, "Plain lines, also on a terminal; like NO_COLOR=1.")),
                        Upstream.options().stream())
                .toList();
    }

    @Override
    public int run(Arguments arguments, Shell shell) throws IOException, InterruptedException {
        var brief = brief(arguments);
        var refine = arguments.all(REFINE);
        var job = new Job(
                GenerationRequest.builder()
                        .prompt(brief.text())
                        .label("landing-page")
                        // The same brief again is the same job: a run that was killed finds what it had begun.
                        .idempotencyKey(arguments.has(DURABLE) ? "brief-" + fingerprint(brief.text()) : null)
                        .build(),
                refine.isEmpty() ? INSTRUCTIONS : refine);
        try (var upstream = Upstream.open(arguments, shell, SEED);
                var storage = Storage.open(
                        arguments.has(DURABLE), Path.of(arguments.value(DATA).orElse(DATA_FOLDER)))) {
            shell.out().println("Brief     " + brief.title() + " (" + brief.source() + ")");
            shell.out().println("Provider  " + upstream.description());
            storage.folder().ifPresent(folder -> shell.out().println("Kept in   " + folder));
            var results = run(job, upstream, storage, screen(arguments, shell), shell);
            var folder = Path.of(arguments.value(OUT).orElse(FOLDER));
            var files = new OutputFolder(folder).write(results);
            shell.out().println("Written to " + folder.toAbsolutePath().normalize() + ": " + String.join(", ", files));
            return verdict(results, shell);
        }
    }

    private static Job.Results run(Job job, Upstream upstream, Storage storage, Screen screen, Shell shell)
            throws InterruptedException {
        long start = System.nanoTime();
        var out = shell.out();
        var board = new Board(screen);
        out.println();
        out.println("Four variations, side by side");
        try (var client = GenerationClient.builder()
                .provider(upstream.provider())
                .taskStore(storage.store())
                .retry(upstream.schedule())
                .listener(board)
                .build()) {
            var mine = client.forOwner("you");
            var variations = job.vary(mine);
            board.leave(Job.VARIATIONS);
            if (!variations.succeeded().isEmpty()) {
                out.println();
                out.println(
                        "Refinements of " + Report.title(variations.succeeded().get(0)));
            }
            var results = job.refine(mine, variations);
            board.leave(results.refinements().size());
            out.println();
            new Report(out, shell.columns()).print(results, Duration.ofNanos(System.nanoTime() - start));
            return results;
        }
    }

    private static String fingerprint(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Screen screen(Arguments arguments, Shell shell) {
        return shell.terminal() && !arguments.has(PLAIN)
                ? new LiveScreen(shell.out(), shell.columns())
                : new PlainScreen(shell.out());
    }

    private static Brief brief(Arguments arguments) throws IOException {
        var operands = arguments.operands();
        if (operands.size() > 1) {
            throw new UsageException("one brief at a time: " + String.join(" ", operands));
        }
        return operands.isEmpty() ? Brief.shipped() : Brief.read(operands.get(0));
    }

    private static int verdict(Job.Results results, Shell shell) {
        if (results.complete()) {
            return DONE;
        }
        Stream.concat(results.variations().failed().stream(), results.refinements().stream())
                .map(Generation::failure)
                .filter(Objects::nonNull)
                .forEach(failure -> complain(failure, shell));
        shell.err().println("Not everything could be made.");
        return FAILED;
    }

    private static void complain(GenerationFailure failure, Shell shell) {
        shell.err().println(failure.reference() + ": " + failure.userMessage() + " (" + failure.message() + ")");
    }
}
