package dev.reprise.store.rules;

import dev.reprise.identity.GenerationId;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The orders in which tasks have their turns; what a query language says must sort alike. */
public final class Orders {

    /** As SQL sorts for a claim: {@code priority DESC, created_at, id}. */
    public static final Comparator<Place> CLAIMS = Comparator.<Place>comparingInt(Place::priority)
            .reversed()
            .thenComparing(Place::createdAt)
            .thenComparing(place -> place.id().value());

    /**
     * As SQL sorts for a place in a batch: what has been tried before what has not, then {@code priority DESC, position,
     * id}.
     */
    public static final Comparator<Place> ADMISSION = Comparator.<Place>comparingInt(place -> place.tried() ? 0 : 1)
            .thenComparing(Comparator.comparingInt(Place::priority).reversed())
            .thenComparing(Place::position, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(place -> place.id().value());

    private Orders() {}

    /**
     * What decides a task's turn.
     *
     * @param id its id
     * @param priority higher comes first
     * @param createdAt when it was stored
     * @param position its place in its batch, or null
     * @param tried whether it has had an attempt in this run
     */
    public record Place(
            GenerationId id,
            int priority,
            Instant createdAt,
            @Nullable Integer position,
            boolean tried) {}
}
