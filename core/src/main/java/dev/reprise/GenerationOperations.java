package dev.reprise;

import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.NotCommittedException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.failure.StoreException;
import dev.reprise.generation.Batch;
import dev.reprise.generation.BatchSummary;
import dev.reprise.generation.Chain;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationSummary;
import dev.reprise.generation.Page;
import dev.reprise.generation.Preview;
import dev.reprise.handle.BatchHandle;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.CallerTransaction;
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
 * crash. Every method may throw {@link StoreException} when the store fails, and {@link ClientClosedException}
 * after the client was closed.
 */
public interface GenerationOperations extends GenerationSubmitter {

    /**
     * The same ways to create generations, within a transaction of the app's own: they exist when, and only when, the app
     * commits, together with whatever else the app has written in that transaction. Nothing starts before. After the
     * commit, {@link GenerationClient#wake()} has them started at once; otherwise they start at the next poll.
     *
     * <p>What is returned is usable on the transaction's thread only; a handle's id is good at once, but awaiting,
     * reading or cancelling it before the commit is an error, {@link NotCommittedException}.
     *
     * @param transaction from the store that this client was built with
     * @throws InvalidRequestException when the transaction is in another store
     */
    GenerationSubmitter within(CallerTransaction transaction);

    /**
     * Makes a refinement without storing it: one call, no id, no retry. Cancelling the future cuts the call off.
     *
     * <p>The future completes exceptionally with {@link dev.reprise.failure.GenerationFailedException} when the call
     * fails. Previews have threads of their own: virtual ones where the platform has them; else 16, and more previews than
     * that wait for one, outside their time limit. Closing the client waits for previews as for any call and then cuts them
     * off; those complete exceptionally with {@link ClientClosedException}.
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

    /**
     * The refinements and continuations made of a generation, oldest first; none when it never existed. Those of a deleted
     * generation are still there. Texts and images are not read.
     */
    List<GenerationSummary> children(GenerationId parent);

    /** Reads a generation. */
    Optional<Generation> get(GenerationId id);

    /** Reads how a batch stands, without texts and images: as cheap for ten thousand generations as for two. */
    Optional<BatchSummary> summary(BatchId id);

    /** Reads a batch, with all its generations. */
    Optional<Batch> batch(BatchId id);

    /** Finds the generation stored under an idempotency key; on the unscoped client, one without an owner. */
    Optional<Generation> byIdempotencyKey(String key);

    /**
     * Lists generations, newest first, without their texts and images. A generation created meanwhile never shifts a later
     * page.
     *
     * @throws InvalidRequestException when the cursor is not one of a page
     */
    Page<GenerationSummary> list(GenerationQuery query);

    /**
     * Lists batches, newest first, a generation that is in none as a batch of one. A page never splits a batch, and a
     * batch is listed as long as anything of it is left.
     *
     * @param limit how many a page holds, 1 to 500
     * @param cursor the {@link Page#next()} of the page before, or null for the first
     * @throws InvalidRequestException when the limit is out of range or the cursor is not one of a page
     */
    Page<BatchSummary> feed(int limit, @Nullable String cursor);

    /**
     * Cancels a generation; a provider call under way is cut off, wherever it runs. One that another client makes is cut
     * off at that client's next beat, about a second later; whatever it still brings is not stored as a result.
     *
     * @return whether it existed and had not ended
     */
    boolean cancel(GenerationId id);

    /**
     * Cancels all of a batch that has not ended; provider calls under way are cut off, wherever they run. A generation
     * that is in no batch is a batch of one under its own id.
     *
     * @return whether it existed and anything of it had not ended
     */
    boolean cancel(BatchId id);

    /**
     * Deletes a generation: its texts are erased, a chain stops where it was, its idempotency key is free again. What
     * had not ended is cancelled.
     *
     * <p>What was made of it stays, with copies: a refinement's conversation holds the text that it refines. Its label,
     * model and usage stay in the store, though no read shows them, until it is purged.
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
