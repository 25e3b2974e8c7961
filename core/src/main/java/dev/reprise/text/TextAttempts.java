package dev.reprise.text;

import dev.reprise.attempt.AttemptKind;
import dev.reprise.attempt.Preparation;
import dev.reprise.attempt.PreparedCall;
import dev.reprise.background.Abandonable;
import dev.reprise.codec.Handover;
import dev.reprise.codec.RequestCodec;
import dev.reprise.codec.StoredRequest;
import dev.reprise.provider.Diversity;
import dev.reprise.provider.Provider;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Reason;
import dev.reprise.store.TaskOutcome.Next;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts of text generations: one call of a provider each.
 *
 * @param registry where providers and processors are looked up
 * @param diversity how variations are told apart where the temperature cannot be sent
 * @param processorThreads where output processors run
 */
public record TextAttempts(Registry registry, Diversity diversity, Abandonable processorThreads)
        implements AttemptKind {

    private static final Logger LOG = LoggerFactory.getLogger(TextAttempts.class);

    @Override
    public Preparation prepare(ClaimedTask task) {
        var row = task.row();
        StoredRequest stored;
        Handover handover;
        try {
            stored = RequestCodec.decode(task.request());
            handover = Handover.decode(task.handover());
        } catch (RuntimeException e) {
            LOG.warn("generation {} is parked: its payload cannot be read: {}", row.id(), e.toString());
            return new Preparation.NoCall(new Next.Park(Reason.UNREADABLE.plain()));
        }
        var unknown = new Parking(registry).reason(row.labels());
        if (unknown != null) {
            LOG.warn("generation {} is parked: {} here", row.id(), unknown.text());
            return new Preparation.NoCall(new Next.Park(unknown));
        }
        var provider = Objects.requireNonNull(
                registry.provider(Objects.requireNonNull(row.labels().provider())));
        return new Preparation.Ready(call(stored, row.placement().position(), handover, provider));
    }

    /**
     * A call for a request.
     *
     * @param index the variation's place, or null
     * @param handover what the attempt before has left
     */
    PreparedCall call(StoredRequest stored, @Nullable Integer index, Handover handover, Provider provider) {
        var decided = VariationTemperature.decide(stored, index, handover.provider(), provider, diversity);
        return new TextCall(new Processing(registry, processorThreads), provider, stored.request(), decided, handover);
    }
}
