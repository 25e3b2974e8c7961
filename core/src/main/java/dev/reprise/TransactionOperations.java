package dev.reprise;

import dev.reprise.generation.Generation;
import dev.reprise.handle.BatchHandle;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.runner.Engine;
import dev.reprise.store.CallerTransaction;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;

/**
 * Creates generations within a caller's transaction, on the caller's thread: the connection is the caller's. Parents are
 * read outside of it: a generation with an output has been committed.
 */
final class TransactionOperations extends CreatingOperations {

    private final Engine engine;
    private final ScopedOperations outside;
    private final CallerTransaction transaction;

    TransactionOperations(Engine engine, ScopedOperations outside, CallerTransaction transaction) {
        super(outside.factories(), outside.owner());
        this.engine = engine;
        this.outside = outside;
        this.transaction = transaction;
    }

    @Override
    Submitted store(Submission submission) {
        engine.checkOpen("submit");
        return transaction.submit(submission);
    }

    @Override
    Generation found(GenerationId id) {
        return outside.found(id);
    }

    /** It may have been stored in this very transaction. */
    @Override
    BatchId batchOf(GenerationId existing) {
        return new Uncommitted("generation", existing.value()).read(() -> super.batchOf(existing));
    }

    @Override
    GenerationHandle submitted(GenerationId id) {
        return new UncommittedHandle(outside.submitted(id));
    }

    @Override
    BatchHandle submitted(BatchId id) {
        return new UncommittedBatchHandle(outside.submitted(id));
    }
}
