package dev.reprise;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.generation.Batch;
import dev.reprise.generation.BatchHandle;
import dev.reprise.generation.Chain;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationHandle;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Page;
import dev.reprise.generation.Preview;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.refinement.Refinements;
import dev.reprise.runner.Engine;
import dev.reprise.runner.GenerationReader;
import dev.reprise.runner.Previews;
import dev.reprise.runner.StoredRequest;
import dev.reprise.store.Cancelled;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Placement;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskQuery;
import dev.reprise.variation.Variations;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations for one scope: everybody's, or one owner's. */
class ScopedOperations implements GenerationOperations {

    private static final int CHAIN_LIMIT = 50;
    private static final int MAX_AT_ONCE = 10_000;
    private static final int MAX_PAGE = 500;

    private final Engine engine;
    private final Variations variations;
    private final Refinements refinements;
    private final Owner owner;
    private final Scope scope;

    /**
     * Operations on an engine.
     *
     * @param owner whom new work belongs to
     * @param scope whose work is seen
     */
    ScopedOperations(Engine engine, Variations variations, Refinements refinements, Owner owner, Scope scope) {
        this.engine = engine;
        this.variations = variations;
        this.refinements = refinements;
        this.owner = owner;
        this.scope = scope;
    }

    Engine engine() {
        return engine;
    }

    /** The same operations, for one owner's work only. */
    ScopedOperations scopedTo(Owner one) {
        return new ScopedOperations(engine, variations, refinements, one, Scope.of(one));
    }

    @Override
    public GenerationHandle generate(GenerationRequest request) {
        return generateAll(List.of(request)).get(0);
    }

    @Override
    public List<GenerationHandle> generateAll(List<GenerationRequest> requests) {
        if (requests.isEmpty() || requests.size() > MAX_AT_ONCE) {
            throw new InvalidRequestException("requests", requests.size() + " requests", "must be 1 to " + MAX_AT_ONCE);
        }
        var factory = refinements.tasks();
        return submit(new Submission(
                owner,
                null,
                requests.stream()
                        .map(request ->
                                factory.task(GenerationKind.SINGLE, StoredRequest.plain(request), Placement.ALONE))
                        .toList()));
    }

    @Override
    public BatchHandle variations(GenerationRequest request, int count) {
        var submission = variations.submission(owner, request, count);
        var first = submit(submission).get(0).id();
        var batch = submission.batch();
        if (batch != null && submission.tasks().get(0).id().equals(first)) {
            return new GroupHandle(engine, this, batch.id());
        }
        // Stored before under the same key: the batch from then.
        var existing = found(first).batchId();
        return handle(existing == null ? new BatchId(first.value()) : existing);
    }

    @Override
    public GenerationHandle refine(GenerationId parent, String instruction) {
        return submit(refinements.refine(found(parent), instruction)).get(0);
    }

    @Override
    public GenerationHandle continueFrom(GenerationId parent, String type, String prompt) {
        return submit(refinements.continueFrom(found(parent), type, prompt)).get(0);
    }

    @Override
    public CompletableFuture<Preview> preview(GenerationId parent, String instruction) {
        return preview(parent, instruction, delta -> {});
    }

    @Override
    public CompletableFuture<Preview> preview(GenerationId parent, String instruction, Consumer<String> deltas) {
        engine.checkOpen("preview");
        return Previews.start(engine, refinements.childRequest(found(parent), "instruction", instruction), deltas);
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
    public List<Generation> children(GenerationId parent) {
        return engine.withStore(store -> store.children(scope, parent)).stream()
                .map(GenerationReader::read)
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
    public Optional<Generation> byIdempotencyKey(String key) {
        return engine.withStore(store -> store.byIdempotencyKey(owner, key)).flatMap(this::get);
    }

    @Override
    public Page<Generation> list(GenerationQuery query) {
        var tasks = new TaskQuery(scope, query, PagePoint.ofCursor(query.cursor()));
        return page(engine.withStore(store -> store.list(tasks)), GenerationReader::read);
    }

    @Override
    public Page<Batch> feed(int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new InvalidRequestException("limit", limit, "must be 1 to " + MAX_PAGE);
        }
        var after = PagePoint.ofCursor(cursor);
        return page(engine.withStore(store -> store.feed(scope, limit, after)), GenerationReader::read);
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
        found(id);
        return new SingleHandle(engine, this, id);
    }

    @Override
    public BatchHandle handle(BatchId id) {
        if (batch(id).isEmpty()) {
            throw new NotFoundException("batch", id.value());
        }
        return new GroupHandle(engine, this, id);
    }

    private List<GenerationHandle> submit(Submission submission) {
        var submitted = engine.submit(submission);
        if (submitted instanceof Submitted.KeyReused reused) {
            throw new InvalidRequestException(
                    "idempotencyKey", reused.key(), "has been used for another request, " + reused.existing());
        }
        if (submitted instanceof Submitted.ParentGone gone) {
            throw notFound(gone.parent());
        }
        var existing = ((Submitted.Stored) submitted).existing();
        return submission.tasks().stream()
                .<GenerationHandle>map(
                        task -> new SingleHandle(engine, this, existing.getOrDefault(task.id(), task.id())))
                .toList();
    }

    private boolean told(Optional<Cancelled> cancelled) {
        var refs = cancelled.map(Cancelled::cancelled).orElse(List.of());
        engine.cancelled(refs);
        return !refs.isEmpty();
    }

    private Generation found(GenerationId id) {
        return get(id).orElseThrow(() -> notFound(id));
    }

    private static NotFoundException notFound(GenerationId id) {
        return new NotFoundException("generation", id.value());
    }

    private static <R, T> Page<T> page(Slice<R> slice, Function<R, T> reader) {
        var next = slice.next();
        return new Page<>(slice.rows().stream().map(reader).toList(), next == null ? null : next.toCursor());
    }
}
