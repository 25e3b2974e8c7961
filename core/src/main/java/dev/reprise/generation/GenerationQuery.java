package dev.reprise.generation;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StorableText;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which generations to list, newest first. What is not set does not restrict. Immutable. */
public final class GenerationQuery {

    /** How many a page holds when nothing is said. */
    public static final int DEFAULT_LIMIT = 50;

    private static final int MAX_LIMIT = 500;

    private final Builder values;

    private GenerationQuery(Builder values) {
        this.values = values;
    }

    /** Everything, 50 a page. */
    public static GenerationQuery all() {
        return builder().build();
    }

    /** Starts a query of everything. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts from this query's values. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** States to list; empty for all. */
    public Set<TaskState> states() {
        return values.states;
    }

    /** The batch to list, or null for all. */
    public @Nullable BatchId batch() {
        return values.batch;
    }

    /** The parent whose children to list, or null for all. */
    public @Nullable GenerationId parent() {
        return values.parent;
    }

    /** The kind to list, or null for all. */
    public @Nullable GenerationKind kind() {
        return values.kind;
    }

    /** The app's label to list, or null for all. */
    public @Nullable String label() {
        return values.label;
    }

    /** List only what was created at or after, or null. */
    public @Nullable Instant createdFrom() {
        return values.createdFrom;
    }

    /** List only what was created before, or null. */
    public @Nullable Instant createdBefore() {
        return values.createdBefore;
    }

    /** How many a page holds. */
    public int limit() {
        return values.limit;
    }

    /** The {@link Page#next()} of the page before, or null for the first. */
    public @Nullable String cursor() {
        return values.cursor;
    }

    /** Builds a {@link GenerationQuery}; not thread-safe. */
    public static final class Builder {
        private Set<TaskState> states = Set.of();
        private @Nullable BatchId batch;
        private @Nullable GenerationId parent;
        private @Nullable GenerationKind kind;
        private @Nullable String label;
        private @Nullable Instant createdFrom;
        private @Nullable Instant createdBefore;
        private int limit = DEFAULT_LIMIT;
        private @Nullable String cursor;

        private Builder() {}

        private Builder(Builder from) {
            states = from.states;
            batch = from.batch;
            parent = from.parent;
            kind = from.kind;
            label = from.label;
            createdFrom = from.createdFrom;
            createdBefore = from.createdBefore;
            limit = from.limit;
            cursor = from.cursor;
        }

        /** Only these states. */
        public Builder states(TaskState... value) {
            states = value.length == 0 ? Set.of() : Set.copyOf(EnumSet.copyOf(Arrays.asList(value)));
            return this;
        }

        /** Only this batch; a generation that is in none is a batch of one under its own id. */
        public Builder batch(@Nullable BatchId value) {
            batch = value;
            return this;
        }

        /** Only children of this parent. */
        public Builder parent(@Nullable GenerationId value) {
            parent = value;
            return this;
        }

        /** Only this kind. */
        public Builder kind(@Nullable GenerationKind value) {
            kind = value;
            return this;
        }

        /** Only this label. */
        public Builder label(@Nullable String value) {
            label = value;
            return this;
        }

        /** Only what was created at or after. */
        public Builder createdFrom(@Nullable Instant value) {
            createdFrom = value;
            return this;
        }

        /** Only what was created before. */
        public Builder createdBefore(@Nullable Instant value) {
            createdBefore = value;
            return this;
        }

        /** How many a page holds, 1 to 500. */
        public Builder limit(int value) {
            limit = value;
            return this;
        }

        /** Where the page before ended. */
        public Builder cursor(@Nullable String value) {
            cursor = value;
            return this;
        }

        /**
         * What was built.
         *
         * @throws InvalidRequestException when the limit is out of range
         */
        public GenerationQuery build() {
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new InvalidRequestException("limit", limit, "must be 1 to " + MAX_LIMIT);
            }
            if (label != null) {
                StorableText.checkName("label", label);
            }
            return new GenerationQuery(new Builder(this));
        }
    }
}
