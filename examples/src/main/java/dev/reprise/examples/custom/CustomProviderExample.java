package dev.reprise.examples.custom;

import dev.reprise.GenerationClient;
import dev.reprise.GenerationOperations;
import dev.reprise.event.GenerationEvent;
import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Command;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.command.Shell;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.storage.memory.InMemoryTaskStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Uses a provider of its own, and cuts a call off. */
public final class CustomProviderExample implements Command {

    private static final Duration PER_WORD = Duration.ofMillis(20);
    private static final String ENDING = "The night takes the boat and the boat takes the night to the day.";
    private static final String ENDLESS = "round and round and";
    /** In both calls together; the first says far fewer. */
    private static final int WORDS_HEARD = 50;

    private static final long PATIENCE_SECONDS = 10;

    @Override
    public String name() {
        return "custom-provider";
    }

    @Override
    public String summary() {
        return "Plugs in a provider of its own, a Markov chain, and cuts one of its calls off.";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public int run(Arguments arguments, Shell shell) throws InterruptedException {
        var heard = new CountDownLatch(WORDS_HEARD);
        var silent = new CountDownLatch(1);
        try (var client = GenerationClient.builder()
                .provider(new MarkovProvider(PER_WORD, words -> silent.countDown()))
                .taskStore(InMemoryTaskStore.create())
                .listener(event -> {
                    if (event instanceof GenerationEvent.TextDelta) {
                        heard.countDown();
                    }
                })
                .build()) {
            shell.out().println("Prompt    " + ENDING);
            shell.out()
                    .println("Answer    "
                            + client.generate(GenerationRequest.of(ENDING))
                                    .await()
                                    .text());
            cutOff(client, heard, silent, shell);
        }
        return DONE;
    }

    private static void cutOff(
            GenerationOperations operations, CountDownLatch heard, CountDownLatch silent, Shell shell)
            throws InterruptedException {
        var handle = operations.generate(GenerationRequest.builder()
                .prompt(ENDLESS)
                .maxOutputTokens(1_000_000)
                .build());
        await(heard);
        long cancelled = System.nanoTime();
        handle.cancel();
        await(silent);
        shell.out().println("Prompt    " + ENDLESS);
        shell.out()
                .println("Cut off   the provider fell silent "
                        + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - cancelled) + " ms after cancel()");
        try {
            handle.await();
        } catch (GenerationFailedException e) {
            shell.out()
                    .println("State     " + handle.now().state() + ": "
                            + e.failure().userMessage());
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nothing happened for " + PATIENCE_SECONDS + " s");
        }
    }
}
