package dev.reprise.providers;

import dev.reprise.GenerationClient;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.provider.Provider;
import dev.reprise.provider.anthropic.AnthropicProvider;
import dev.reprise.provider.openai.OpenAiProvider;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.storage.memory.InMemoryTaskStore;
import java.util.Arrays;
import java.util.LinkedHashMap;

/** A process of little memory that asks for answers that mean harm, all at once, and for an ordinary one after them. */
final class SmallHeapChild {

    private SmallHeapChild() {}

    public static void main(String[] arguments) {
        var models = Arrays.asList(arguments).subList(2, arguments.length);
        try (var client = GenerationClient.builder()
                .provider(provider(arguments[0], arguments[1]))
                .taskStore(InMemoryTaskStore.create())
                .maxConcurrent(2)
                .retry(RetrySchedule.never())
                .build()) {
            var hostile = new LinkedHashMap<String, GenerationHandle>();
            models.forEach(model -> hostile.put(model, client.generate(request(model))));
            hostile.forEach((model, handle) -> System.out.println(model + " " + ended(handle)));
            System.out.println("ordinary " + ended(client.generate(request("ordinary"))));
            System.out.println(client.health().status() + " " + client.health().unsaved());
        }
    }

    private static Provider provider(String kind, String url) {
        return kind.equals("openai")
                ? OpenAiProvider.builder().baseUrl(url + "v1").build()
                : AnthropicProvider.builder().baseUrl(url).build();
    }

    private static GenerationRequest request(String model) {
        return GenerationRequest.builder().prompt("hello").model(model).build();
    }

    private static String ended(GenerationHandle handle) {
        try {
            return handle.await().state().name();
        } catch (GenerationFailedException e) {
            return e.failure().kind().name();
        }
    }
}
