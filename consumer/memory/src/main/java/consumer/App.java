package consumer;

import dev.reprise.GenerationClient;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.provider.anthropic.AnthropicProvider;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.storage.memory.InMemoryTaskStore;

/** What an application does first: a client, a provider, a store, and a request, which here nobody answers. */
public final class App {
    private App() {}

    public static void main(String[] args) {
        var provider = AnthropicProvider.builder()
                .apiKey("none")
                .model("any")
                .baseUrl("http://127.0.0.1:9")
                .build();
        try (var store = InMemoryTaskStore.create();
                var client = GenerationClient.builder()
                        .provider(provider)
                        .taskStore(store)
                        .retry(RetrySchedule.never())
                        .build()) {
            client.generate(GenerationRequest.of("hello")).await();
            throw new IllegalStateException("somebody answered");
        } catch (GenerationFailedException e) {
            System.out.println("App asked nobody and was told " + e.failure().kind() + ", in "
                    + (App.class.getModule().isNamed() ? "a module" : "the class path"));
        }
    }
}
