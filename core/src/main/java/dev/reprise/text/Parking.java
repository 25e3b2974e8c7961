package dev.reprise.text;

import dev.reprise.store.KnownNames;
import dev.reprise.store.Reason;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.StateReason;
import dev.reprise.store.TaskLabels;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks this process cannot run because it does not know their names: those it parks, and of those that others have
 * parked it makes ready what it knows.
 *
 * @param registry the names that are known
 */
public record Parking(Registry registry) {

    /** Why a task is parked, or null when all its names are known. */
    @Nullable
    StateReason reason(TaskLabels labels) {
        var provider = labels.provider();
        if (provider == null || registry.provider(provider) == null) {
            return Reason.UNKNOWN_PROVIDER.of(Objects.requireNonNullElse(provider, ""));
        }
        var processor = labels.processor();
        return processor != null && registry.processor(processor) == null
                ? Reason.UNKNOWN_PROCESSOR.of(processor)
                : null;
    }

    /**
     * Makes parked tasks ready again whose names are known.
     *
     * @return how many
     */
    public int unpark(RunnerSession session) {
        return session.unpark(new KnownNames(
                registry.providers().keySet(), registry.processors().keySet(), Set.of()));
    }
}
