package dev.reprise.variation;

import dev.reprise.codec.StoredRequest;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import dev.reprise.runner.TaskFactory;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Placement;
import dev.reprise.store.Submission;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches of variations: the same request several times, side by side.
 *
 * @param tasks makes the tasks
 * @param maxCount how many variations there may be
 * @param batchLimit how many of one batch may be under way at once, or null for all
 */
public record Variations(
        TaskFactory tasks, int maxCount, @Nullable Integer batchLimit) {

    /** How many variations there may be when the app says nothing. */
    public static final int DEFAULT_MAX_COUNT = 4;

    /**
     * A batch of variations, indexed from 0. With an idempotency key the first task stands for the whole batch.
     *
     * @throws InvalidRequestException when the count is out of range, or a name is missing or not known
     */
    public Submission submission(Owner owner, GenerationRequest request, int count) {
        if (count < 1 || count > maxCount) {
            throw new InvalidRequestException("count", count, "must be 1 to " + maxCount);
        }
        var resolved = tasks.registry().resolve(request);
        var batch = new NewBatch(new BatchId(tasks.ids().next()), request.label(), batchLimit, false);
        var asked = new StoredRequest(request, null, null, count);
        var slots = new ArrayList<NewTask>(count);
        for (int index = 0; index < count; index++) {
            var placement = new Placement(batch.id(), index, null, null);
            slots.add(tasks.task(GenerationKind.VARIATION, asked, resolved, placement, index == 0));
        }
        return new Submission(owner, batch, slots);
    }
}
