package dev.reprise.examples.animation;

import dev.reprise.GenerationClient;
import dev.reprise.GenerationOperations;
import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Command;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.command.PlainText;
import dev.reprise.examples.command.Shell;
import dev.reprise.examples.upstream.Upstream;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.GenerationResult;
import dev.reprise.storage.memory.InMemoryTaskStore;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks for animations and shows what the output processor made of the answers. */
public final class AnimationExample implements Command {

    private static final long SEED = 3;
    private static final int LINES_SHOWN = 14;

    @Override
    public String name() {
        return "animation";
    }

    @Override
    public String summary() {
        return "Asks for animation code: the fence stripped, frames per second found, clamped, overridden.";
    }

    @Override
    public List<Option> options() {
        return Upstream.options();
    }

    @Override
    public int run(Arguments arguments, Shell shell) throws IOException {
        var out = shell.out();
        try (var upstream = Upstream.open(arguments, shell, SEED);
                var client = GenerationClient.builder()
                        .provider(upstream.provider())
                        .taskStore(InMemoryTaskStore.create())
                        .retry(upstream.schedule())
                        .processor(AnimationProcessor.NAME, new AnimationProcessor())
                        .build()) {
            out.println("Provider  " + upstream.description());
            out.println();
            var asWritten = generate(client, 24, null);
            texts(out, asWritten);
            out.printf(
                    "%-34s %11s %8s %4s %8s %7s%n", "metadata", "in the code", "setting", "fps", "seconds", "frames");
            row(out, "what the code says", asWritten);
            row(out, "too many: clamped to 60", generate(client, 120, null));
            row(out, "too few: clamped to 15", generate(client, 8, null));
            row(out, "the request's setting wins", generate(client, 24, "50"));
            row(out, "and is clamped as well", generate(client, 24, "90"));
            refusal(out, client);
        }
        return DONE;
    }

    private static Generation generate(GenerationOperations operations, int asked, @Nullable String setting) {
        var request = GenerationRequest.builder()
                .system("Answer with one code block. Declare the frame rate as a constant named fps.")
                .prompt("# Paper boat\n\nMake a Remotion animation at " + asked + " fps, 8 seconds long, 9:16.\n\n"
                        + "A paper boat crosses a puddle in the rain.")
                .processor(AnimationProcessor.NAME)
                .setting("aspectRatio", "9:16")
                .setting(AnimationProcessor.SECONDS, "8");
        if (setting != null) {
            request.setting(AnimationProcessor.FPS, setting);
        }
        return operations.generate(request.build()).await();
    }

    private static void texts(PrintStream out, Generation generation) {
        var result = result(generation);
        out.println("rawText(): as the model wrote it");
        excerpt(out, result.rawText());
        out.println("output(): what the processor made of it");
        excerpt(out, result.output());
    }

    private static void excerpt(PrintStream out, String text) {
        text.lines().limit(LINES_SHOWN).forEach(line -> out.println("  | " + PlainText.shown(line)));
        long more = text.lines().count() - LINES_SHOWN;
        out.println(more > 0 ? "  | ... and " + more + " lines more" : "");
        out.println();
    }

    private static void row(PrintStream out, String what, Generation generation) {
        var result = result(generation);
        var settings = generation.request().settings();
        out.printf(
                "%-34s %11s %8s %4s %8s %7s%n",
                what,
                written(result.output()),
                settings.getOrDefault(AnimationProcessor.FPS, "-"),
                result.metadata().get(AnimationProcessor.FPS),
                settings.get(AnimationProcessor.SECONDS),
                result.metadata().get(AnimationProcessor.FRAMES));
    }

    private static void refusal(PrintStream out, GenerationOperations operations) {
        try {
            generate(operations, 24, "many");
        } catch (InvalidRequestException e) {
            out.println();
            out.println("A setting that cannot be used is refused before anything is stored: " + e.getMessage());
        }
    }

    private static String written(String code) {
        return code.lines()
                .filter(line -> line.contains("fps ="))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElse("-");
    }

    private static GenerationResult result(Generation generation) {
        return Objects.requireNonNull(generation.result());
    }
}
