package dev.reprise.runner;

import dev.reprise.codec.RequestCodec;
import dev.reprise.codec.StoredRequest;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.IdSource;
import dev.reprise.store.Level;
import dev.reprise.store.NewTask;
import dev.reprise.store.NewTask.Idempotency;
import dev.reprise.store.NewTask.OnCrash;
import dev.reprise.store.NewTask.Timing;
import dev.reprise.store.Placement;
import dev.reprise.store.TaskLabels;
import dev.reprise.text.Registry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Makes tasks of requests.
 *
 * @param registry where providers and processors are looked up
 * @param ids where ids come from
 * @param onCrash what becomes of a task whose runner dies
 */
public record TaskFactory(Registry registry, IdSource ids, OnCrash onCrash) {

    /**
     * A task for a request.
     *
     * @param kind how the generation came to be
     * @param asked what the caller asked for, names not resolved
     * @param placement where it belongs
     * @throws dev.reprise.failure.InvalidRequestException when a name is missing or not known
     */
    public NewTask task(GenerationKind kind, StoredRequest asked, Placement placement) {
        var resolved = registry.resolve(asked.request());
        return task(kind, asked, resolved, placement, asked.request().idempotencyKey() != null);
    }

    /** A task of a batch that is recognised by its first task's key alone. */
    public NewTask task(
            GenerationKind kind, StoredRequest asked, GenerationRequest resolved, Placement placement, boolean keyed) {
        var stored = new StoredRequest(resolved, asked.instruction(), asked.continuationType(), asked.variationCount());
        var key = resolved.idempotencyKey();
        var labels = new TaskLabels(
                kind,
                resolved.label(),
                Objects.requireNonNull(resolved.provider()),
                Objects.requireNonNull(resolved.model()),
                resolved.processor(),
                null);
        return new NewTask(
                new GenerationId(ids.next()),
                labels,
                placement,
                resolved.priority(),
                new Timing(Duration.ZERO, resolved.deadline(), onCrash),
                List.of(),
                keyed && key != null ? new Idempotency(key, RequestCodec.hash(asked)) : null,
                Level.ANY,
                RequestCodec.encode(stored));
    }
}
