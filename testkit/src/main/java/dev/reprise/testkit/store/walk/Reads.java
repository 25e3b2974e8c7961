package dev.reprise.testkit.store.walk;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskStore;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads of one thing or of some by id. */
interface Reads extends Operation {

    /** Reads a task. */
    record Find(Scope scope, GenerationId id) implements Reads {
        @Override
        public Object on(Side side) {
            return side.store().find(scope, id);
        }
    }

    /** Reads tasks. */
    record FindSome(Scope scope, List<GenerationId> ids) implements Reads {
        @Override
        public Object on(Side side) {
            return Answers.tasks(side.store().find(scope, ids));
        }

        @Override
        public List<Operation> simpler() {
            return Fewer.of(ids, some -> new FindSome(scope, some));
        }
    }

    /** Reads tasks without payloads. */
    record Summaries(Scope scope, List<GenerationId> ids) implements Reads {
        @Override
        public Object on(Side side) {
            return Answers.summaries(side.store().summaries(scope, ids));
        }

        @Override
        public List<Operation> simpler() {
            return Fewer.of(ids, some -> new Summaries(scope, some));
        }
    }

    /** Reads states. */
    record States(List<GenerationId> ids) implements Reads {
        @Override
        public Object on(Side side) {
            return side.store().states(ids);
        }

        @Override
        public List<Operation> simpler() {
            return Fewer.of(ids, States::new);
        }
    }

    /** Counts tasks by state. */
    record Counts(Scope scope) implements Reads {
        @Override
        public Object on(Side side) {
            return side.store().counts(scope);
        }
    }

    /** Finds a task by its key. */
    record ByKey(Owner owner, String key) implements Reads {
        @Override
        public Object on(Side side) {
            return side.store().byIdempotencyKey(owner, key);
        }
    }

    /** Lists children. */
    record Children(Scope scope, GenerationId parent) implements Reads {
        @Override
        public Object on(Side side) {
            return side.store().children(scope, parent);
        }
    }

    /** Reads ancestors. */
    record Chain(Scope scope, GenerationId id, int limit, boolean acrossContinuations) implements Reads {
        @Override
        public Object on(Side side) {
            return side.store().chain(scope, id, limit, acrossContinuations);
        }
    }

    /** Reads a batch with all that is in it. */
    record Batch(Scope scope, BatchId id) implements Reads {
        @Override
        public Object on(Side side) {
            return side.store().batch(scope, id);
        }
    }

    /** Reads how a batch stands. */
    record Summary(Scope scope, BatchId id) implements Reads {
        @Override
        public Object on(Side side) {
            return side.store().summary(scope, id);
        }
    }

    /** What can be said of a store as such. */
    enum About {
        /** Its time. */
        NOW(TaskStore::now),
        /** Whether what it wraps wraps nothing. */
        UNDECORATED(store -> store.undecorated() == store.undecorated().undecorated());

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final Function<TaskStore, Object> call;

        About(Function<TaskStore, Object> call) {
            this.call = call;
        }
    }

    /** Asks for one of these. */
    record Asks(About about) implements Reads {
        @Override
        public Object on(Side side) {
            return Map.of(about, about.call.apply(side.store()));
        }
    }
}
