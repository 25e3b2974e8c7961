package dev.reprise;

import dev.reprise.codec.StoredRequest;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.handle.BatchHandle;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.Placement;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import java.util.List;

/** Creates generations; in which transaction they are stored, and how they are found again, is left open. */
abstract class CreatingOperations implements GenerationSubmitter {

    private static final int MAX_AT_ONCE = 10_000;

    private final SubmissionFactories factories;
    private final Owner owner;

    /** @param owner whom new work belongs to */
    CreatingOperations(SubmissionFactories factories, Owner owner) {
        this.factories = factories;
        this.owner = owner;
    }

    /** Stores a submission. */
    abstract Submitted store(Submission submission);

    /** Reads a generation. */
    abstract Generation found(GenerationId id);

    /** A handle of a generation that has just been submitted. */
    abstract GenerationHandle submitted(GenerationId id);

    /** A handle of a batch that has just been submitted. */
    abstract BatchHandle submitted(BatchId id);

    /** The batch of a generation that was stored before under the same key. */
    BatchId batchOf(GenerationId existing) {
        var batch = found(existing).batchId();
        return batch == null ? new BatchId(existing.value()) : batch;
    }

    SubmissionFactories factories() {
        return factories;
    }

    Owner owner() {
        return owner;
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
        var factory = factories.refinements().tasks();
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
        var submission = factories.variations().submission(owner, request, count);
        var first = submit(submission).get(0).id();
        var batch = submission.batch();
        if (batch != null && submission.tasks().get(0).id().equals(first)) {
            return submitted(batch.id());
        }
        return submitted(batchOf(first));
    }

    @Override
    public GenerationHandle refine(GenerationId parent, String instruction) {
        return submit(factories.refinements().refine(found(parent), instruction))
                .get(0);
    }

    @Override
    public GenerationHandle continueFrom(GenerationId parent, String type, String prompt) {
        return submit(factories.refinements().continueFrom(found(parent), type, prompt))
                .get(0);
    }

    private List<GenerationHandle> submit(Submission submission) {
        var submitted = store(submission);
        if (submitted instanceof Submitted.KeyReused reused) {
            throw new InvalidRequestException(
                    "idempotencyKey", reused.key(), "has been used for another request, " + reused.existing());
        }
        if (submitted instanceof Submitted.ParentGone gone) {
            throw notFound(gone.parent());
        }
        var existing = ((Submitted.Stored) submitted).existing();
        return submission.tasks().stream()
                .map(task -> submitted(existing.getOrDefault(task.id(), task.id())))
                .toList();
    }

    static NotFoundException notFound(GenerationId id) {
        return new NotFoundException("generation", id.value());
    }
}
