package dev.reprise.examples.stream;

import dev.reprise.GenerationClient;
import dev.reprise.event.GenerationEvent;
import dev.reprise.event.GenerationListener;
import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Command;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.command.PlainText;
import dev.reprise.examples.command.Shell;
import dev.reprise.examples.upstream.Upstream;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.storage.memory.InMemoryTaskStore;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Shows a text while the model writes it; a stream that breaks starts over, and says so. */
public final class StreamExample implements Command {

    private static final String PROMPT = "--prompt";
    private static final String DEFAULT_PROMPT = """
            # The lamp on the quay

            Tell a short story from these notes.

            - A lamp on the old quay that nobody lights
            - Every evening it burns
            - A girl counts the ferries from her window
            - One evening there is one ferry more than the timetable knows
            """;

    /** With this one, the first stream breaks in the middle. */
    private static final long SEED = 40;

    private static final long PATIENCE_SECONDS = 5;

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public String summary() {
        return "Shows a text while it is written; when a stream breaks, the text starts over.";
    }

    @Override
    public List<Option> options() {
        return Stream.concat(
                        Stream.of(Option.of(PROMPT, "TEXT", "What to ask; default: a short story.")),
                        Upstream.options().stream())
                .toList();
    }

    @Override
    public int run(Arguments arguments, Shell shell) throws IOException, InterruptedException {
        var printer = new Printer(shell.out());
        try (var upstream = Upstream.open(arguments, shell, SEED);
                var client = GenerationClient.builder()
                        .provider(upstream.provider())
                        .taskStore(InMemoryTaskStore.create())
                        .retry(upstream.schedule())
                        .listener(printer)
                        .build()) {
            shell.out().println("Provider  " + upstream.description());
            shell.out().println();
            var prompt = arguments.value(PROMPT).orElse(DEFAULT_PROMPT);
            var generation = client.generate(GenerationRequest.of(prompt)).await();
            printer.awaitEnd();
            shell.out().println();
            shell.out()
                    .println("[" + generation.attempts().size() + " attempts, "
                            + generation.usage().outputTokens() + " tokens written in all]");
        }
        return DONE;
    }

    /** Prints what arrives. What was printed before a restart is void: an app would clear its text field. */
    private static final class Printer implements GenerationListener {

        private final PrintStream out;
        private final CountDownLatch ended = new CountDownLatch(1);

        private Printer(PrintStream out) {
            this.out = out;
        }

        @Override
        public void onEvent(GenerationEvent event) {
            if (event instanceof GenerationEvent.TextDelta delta) {
                out.print(PlainText.shown(delta.text()));
                out.flush();
            } else if (event instanceof GenerationEvent.RetryScheduled retry) {
                out.println();
                out.println("[attempt " + retry.attempt() + " broke: "
                        + retry.failure().message() + "]");
            } else if (event instanceof GenerationEvent.Restarted restarted) {
                out.println("[attempt " + restarted.attempt() + " starts the text over]");
                out.println();
            } else if (event instanceof GenerationEvent.Finished) {
                out.println();
                ended.countDown();
            }
        }

        /** Events come on a thread of the library, perhaps a moment after {@code await} has returned. */
        void awaitEnd() throws InterruptedException {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the end was not announced");
            }
        }
    }
}
