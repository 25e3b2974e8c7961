package dev.reprise;

import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.failure.StoreException;
import dev.reprise.generation.Batch;
import dev.reprise.generation.BatchHandle;
import dev.reprise.generation.Chain;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationHandle;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Page;
import dev.reprise.generation.Preview;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with generations: on the client for everybody's, or {@linkplain GenerationClient#forOwner(String) for
 * one owner} only, where another owner's id behaves as if it did not exist.
 *
 * <p>Thread-safe. What creates work stores it and returns a handle at once; when it has returned, the work survives a
 * crash. Every method may throw {@link StoreException} when the store fails, and those that create work
 * {@link ClientClosedException} after the client was closed.
 */
public interface GenerationOperations {

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
     * @param requests at least 1, at most 10,000
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

    /**
     * Makes a refinement without storing it: one call, no id, no retry. Cancelling the future cuts the call off.
     *
     * <p>The future completes exceptionally with {@link dev.reprise.failure.GenerationFailedException} when the call
     * fails.
     *
     * @throws NotFoundException when there is no such parent
     * @throws InvalidRequestException when the parent has not succeeded, or the instruction is blank or too long
     */
    CompletableFuture<Preview> preview(GenerationId parent, String instruction);

    /**
     * Makes a refinement without storing it, like {@link #preview(GenerationId, String)}, and shows its text as it
     * arrives.
     *
     * @param deltas takes the text piece by piece, on the thread that reads the answer, which it must not hold up
     */
    CompletableFuture<Preview> preview(GenerationId parent, String instruction, Consumer<String> deltas);

    /**
     * The refinements that lead to a generation, root first: at most the nearest 50. Stops at a continuation, which is
     * then the first, and where a parent was deleted.
     *
     * @throws NotFoundException when there is no such generation
     */
    Chain chain(GenerationId id);

    /**
     * The generations that lead to one, like {@link #chain}, going on beyond continuations.
     *
     * @throws NotFoundException when there is no such generation
     */
    Chain lineage(GenerationId id);

    /** The refinements and continuations made of a generation, oldest first; none when it does not exist. */
    List<Generation> children(GenerationId parent);

    /** Reads a generation. */
    Optional<Generation> get(GenerationId id);

    /** Reads a batch, with all its generations. */
    Optional<Batch> batch(BatchId id);

    /** Finds the generation stored under an idempotency key; on the unscoped client, one without an owner. */
    Optional<Generation> byIdempotencyKey(String key);

    /**
     * Lists generations, newest first. A generation created meanwhile never shifts a later page.
     *
     * @throws InvalidRequestException when the cursor is none
     */
    Page<Generation> list(GenerationQuery query);

    /**
     * Lists batches, newest first, a generation that is in none as a batch of one. A page never splits a batch.
     *
     * @param limit how many a page holds, 1 to 500
     * @param cursor the {@link Page#next()} of the page before, or null for the first
     * @throws InvalidRequestException when the limit is out of range or the cursor is none
     */
    Page<Batch> feed(int limit, @Nullable String cursor);

    /**
     * Cancels a generation; a provider call under way is cut off, wherever it runs.
     *
     * @return whether it existed and had not ended
     */
    boolean cancel(GenerationId id);

    /**
     * Cancels all of a batch that has not ended; provider calls under way are cut off, wherever they run.
     *
     * @return whether it existed and anything of it had not ended
     */
    boolean cancel(BatchId id);

    /**
     * Deletes a generation: its texts are erased, a chain stops where it was, its idempotency key is free again. What
     * had not ended is cancelled.
     *
     * @throws NotFoundException when there is no such generation
     */
    void delete(GenerationId id);

    /**
     * A handle for a generation that exists, wherever it was created.
     *
     * @throws NotFoundException when there is no such generation
     */
    GenerationHandle handle(GenerationId id);

    /**
     * A handle for a batch that exists, wherever it was created.
     *
     * @throws NotFoundException when there is no such batch
     */
    BatchHandle handle(BatchId id);
}
