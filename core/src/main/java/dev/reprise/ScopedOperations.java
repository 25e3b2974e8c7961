package dev.reprise;

import dev.reprise.codec.GenerationReader;
import dev.reprise.codec.SummaryReader;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.failure.StorableText;
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
import dev.reprise.identity.Owner;
import dev.reprise.runner.Engine;
import dev.reprise.store.CallerTransaction;
import dev.reprise.store.Cancelled;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations for one scope: everybody's, or one owner's. */
final class ScopedOperations extends CreatingOperations implements GenerationOperations {

    private static final int CHAIN_LIMIT = 50;
    private static final int MAX_PAGE = 500;

    private final Engine engine;
    private final Scope scope;

    /**
     * Operations on an engine.
     *
     * @param owner whom new work belongs to
     * @param scope whose work is seen
     */
    ScopedOperations(Engine engine, SubmissionFactories factories, Owner owner, Scope scope) {
        super(factories, owner);
        this.engine = engine;
        this.scope = scope;
    }

    /** The same operations, for one owner's work only. */
    ScopedOperations scopedTo(Owner one) {
        return new ScopedOperations(engine, factories(), one, Scope.of(one));
    }

    @Override
    Submitted store(Submission submission) {
        return engine.submit(submission);
    }

    @Override
    GenerationHandle submitted(GenerationId id) {
        return new SingleHandle(engine, this, id);
    }

    @Override
    BatchHandle submitted(BatchId id) {
        return new GroupHandle(engine, this, id);
    }

    @Override
    public GenerationSubmitter within(CallerTransaction transaction) {
        if (!engine.isOver(transaction.store())) {
            throw new InvalidRequestException(
                    "transaction", transaction.store(), "must be in the store that the client was built with");
        }
        return new TransactionOperations(engine, this, transaction);
    }

    @Override
    public CompletableFuture<Preview> preview(GenerationId parent, String instruction) {
        return preview(parent, instruction, delta -> {});
    }

    @Override
    public CompletableFuture<Preview> preview(GenerationId parent, String instruction, Consumer<String> deltas) {
        engine.checkOpen("preview");
        return engine.preview(
                factories().refinements().childRequest(found(parent), "instruction", instruction), deltas);
    }

    @Override
    public Chain chain(GenerationId id) {
        return chain(id, false);
    }

    @Override
    public Chain lineage(GenerationId id) {
        return chain(id, true);
    }

    private Chain chain(GenerationId id, boolean acrossContinuations) {
        var chain = engine.withStore(store -> store.chain(scope, id, CHAIN_LIMIT, acrossContinuations))
                .orElseThrow(() -> notFound(id));
        return new Chain(
                chain.tasks().stream().map(GenerationReader::read).toList(), chain.truncated(), chain.cyclic());
    }

    @Override
    public List<GenerationSummary> children(GenerationId parent) {
        return engine.withStore(store -> store.children(scope, parent)).stream()
                .map(SummaryReader::read)
                .toList();
    }

    @Override
    public Optional<Generation> get(GenerationId id) {
        return engine.withStore(store -> store.find(scope, id)).map(GenerationReader::read);
    }

    @Override
    public Optional<Batch> batch(BatchId id) {
        return engine.withStore(store -> store.batch(scope, id)).map(GenerationReader::read);
    }

    @Override
    public Optional<BatchSummary> summary(BatchId id) {
        return engine.withStore(store -> store.summary(scope, id)).map(SummaryReader::read);
    }

    @Override
    public Optional<Generation> byIdempotencyKey(String key) {
        StorableText.checkName("idempotencyKey", key);
        return engine.withStore(store -> store.byIdempotencyKey(owner(), key)).flatMap(this::get);
    }

    @Override
    public Page<GenerationSummary> list(GenerationQuery query) {
        var tasks = new TaskQuery(scope, query, PagePoint.ofCursor(query.cursor()));
        return page(engine.withStore(store -> store.list(tasks)), SummaryReader::read);
    }

    @Override
    public Page<BatchSummary> feed(int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new InvalidRequestException("limit", limit, "must be 1 to " + MAX_PAGE);
        }
        var after = PagePoint.ofCursor(cursor);
        return page(engine.withStore(store -> store.feed(scope, limit, after)), SummaryReader::read);
    }

    @Override
    public boolean cancel(GenerationId id) {
        return told(engine.withStore(store -> store.cancel(scope, id)));
    }

    @Override
    public boolean cancel(BatchId id) {
        return told(engine.withStore(store -> store.cancel(scope, id)));
    }

    @Override
    public void delete(GenerationId id) {
        var cancelled = engine.withStore(store -> store.delete(scope, id));
        if (cancelled.isEmpty()) {
            throw notFound(id);
        }
        told(cancelled);
    }

    @Override
    public GenerationHandle handle(GenerationId id) {
        if (engine.withStore(store -> store.summaries(scope, List.of(id))).isEmpty()) {
            throw notFound(id);
        }
        return new SingleHandle(engine, this, id);
    }

    @Override
    public BatchHandle handle(BatchId id) {
        if (summary(id).isEmpty()) {
            throw new NotFoundException("batch", id.value());
        }
        return new GroupHandle(engine, this, id);
    }

    private boolean told(Optional<Cancelled> cancelled) {
        var refs = cancelled.map(Cancelled::cancelled).orElse(List.of());
        engine.cancelled(refs);
        return !refs.isEmpty();
    }

    @Override
    Generation found(GenerationId id) {
        return get(id).orElseThrow(() -> notFound(id));
    }

    private static <R, T> Page<T> page(Slice<R> slice, Function<R, T> reader) {
        var next = slice.next();
        return new Page<>(slice.rows().stream().map(reader).toList(), next == null ? null : next.toCursor());
    }
}
