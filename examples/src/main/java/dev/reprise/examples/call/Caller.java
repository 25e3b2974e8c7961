package dev.reprise.examples.call;

import dev.reprise.GenerationClient;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.Generation;
import dev.reprise.provider.Provider;
import dev.reprise.storage.memory.InMemoryTaskStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers lines. Each has a client and a store of its own, so that none waits for another or finds a limit used up by
 * it; lines for the same gateway share a provider, which remembers what a model refuses. Thread-safe.
 */
final class Caller {

    private static final int PROVIDERS_KEPT = 200;

    private final Map<Gateway, Provider> providers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Gateway, Provider> eldest) {
            return size() > PROVIDERS_KEPT;
        }
    };

    /**
     * The answer to a line, whatever is in it.
     *
     * @param number the line's number, from 1
     */
    String answer(long number, String line) {
        return Json.write(answered(number, line));
    }

    private Map<String, @Nullable Object> answered(long number, String line) {
        try {
            return Answers.of(call(CallLine.of(Json.object(line))));
        } catch (Json.NotJsonException e) {
            // The line itself may hold a key, and is not shown.
            return Answers.error("line", String.valueOf(number), "a line must be a JSON object: " + e.getMessage());
        } catch (InvalidRequestException e) {
            return Answers.refusal(e);
        } catch (RuntimeException | StackOverflowError e) {
            return Answers.error("line", String.valueOf(number), "something went wrong: " + e);
        }
    }

    private Generation call(CallLine line) {
        try (var store = InMemoryTaskStore.create();
                var client = client(line, store)) {
            var handle = client.generate(line.request());
            try {
                return handle.await();
            } catch (GenerationFailedException e) {
                return handle.now();
            }
        }
    }

    private GenerationClient client(CallLine line, InMemoryTaskStore store) {
        var builder = GenerationClient.builder()
                .provider(provider(line.gateway()))
                .taskStore(store)
                .retry(line.schedule())
                .maxConcurrent(1)
                .drainTimeout(Duration.ZERO);
        var idleTimeout = line.idleTimeout();
        return (idleTimeout == null ? builder : builder.idleTimeout(idleTimeout)).build();
    }

    private synchronized Provider provider(Gateway gateway) {
        return providers.computeIfAbsent(gateway, Gateway::connect);
    }
}
