package dev.reprise;

import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.failure.StoreException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.handle.BatchHandle;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.identity.GenerationId;
import java.util.List;

/**
 * What creates generations. Everything is checked before anything is stored; every method may throw {@link StoreException}
 * when the store fails, and {@link ClientClosedException} after the client was closed.
 */
public interface GenerationSubmitter {

    /**
     * Stores a request and has it run.
     *
     * <p>With an idempotency key that was used before for the same input, the generation from then is returned.
     *
     * @throws InvalidRequestException when the provider, its model or the processor is not known, a setting does not
     *     suit the processor, or the idempotency key was used for another input
     */
    GenerationHandle generate(GenerationRequest request);

    /**
     * Stores many independent requests in one transaction and has them run.
     *
     * @param requests at least 1, at most 10,000, or what the store takes at once: 1,000 on an H2 file
     * @return a handle for each request, in order
     * @throws InvalidRequestException as {@link #generate}; then none of them is stored
     */
    List<GenerationHandle> generateAll(List<GenerationRequest> requests);

    /**
     * Stores a batch of generations of the same request, run side by side, with one batch id and one creation time. One
     * that fails never touches the others. Each asks for a temperature of 0.9 when the request names none and there are
     * at least two.
     *
     * @param count 1 to 4, or to the limit set on the client
     * @throws InvalidRequestException as {@link #generate}, and when the count is out of range
     */
    BatchHandle variations(GenerationRequest request, int count);

    /**
     * Stores a refinement: a child with the parent's conversation, the parent's text, and an instruction as the next
     * turn; with the parent's settings, images and processor.
     *
     * @param instruction what to change; not blank
     * @throws NotFoundException when there is no such parent
     * @throws InvalidRequestException when the parent has not succeeded, or the instruction is blank or too long
     */
    GenerationHandle refine(GenerationId parent, String instruction);

    /**
     * Stores a continuation: a child like a refinement, of a kind of its own, at which refinement chains stop.
     *
     * @param type the app's name for the kind of continuation, as {@code prequel}; not blank, at most 100 characters
     * @param prompt what to go on with; not blank
     * @throws NotFoundException when there is no such parent
     * @throws InvalidRequestException when the parent has not succeeded, or a text is blank or too long
     */
    GenerationHandle continueFrom(GenerationId parent, String type, String prompt);
}
