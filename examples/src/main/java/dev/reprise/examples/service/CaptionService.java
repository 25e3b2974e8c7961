package dev.reprise.examples.service;

import dev.reprise.GenerationOperations;
import dev.reprise.failure.NotFoundException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.identity.GenerationId;

/**
 * Captions for the products of a shop: an app's own service on top of the library. Thread-safe.
 *
 * <p>It keeps nothing in memory: the id that {@link #request} returns is all that a page, another request or another
 * process needs. See its test for how such a service is tested without a network and without waiting.
 */
public final class CaptionService {

    private static final int LONGEST = 80;

    private final GenerationOperations generations;

    /**
     * A service on one owner's generations.
     *
     * @param generations the client, or better {@code client.forOwner(...)}
     */
    public CaptionService(GenerationOperations generations) {
        this.generations = generations;
    }

    /** Has a caption written. Asked again for the same product, it returns the same id, and nothing is paid twice. */
    public GenerationId request(String product) {
        return generations
                .generate(GenerationRequest.builder()
                        .system("Write one caption of at most " + LONGEST + " characters, without quotation marks.")
                        .prompt("A caption for: " + product)
                        .label("caption")
                        .idempotencyKey("caption:" + product)
                        .build())
                .id();
    }

    /**
     * What to show now.
     *
     * @throws NotFoundException when no such caption was requested
     */
    public Caption show(GenerationId id) {
        var generation = generations.get(id).orElseThrow(() -> new NotFoundException("caption", id.value()));
        var result = generation.result();
        if (result != null) {
            return new Caption.Ready(result.output().strip());
        }
        var failure = generation.failure();
        return failure == null
                ? new Caption.Pending()
                : new Caption.Unavailable(failure.userMessage(), failure.reference());
    }
}
