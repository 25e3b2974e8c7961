package dev.reprise.testkit.store.walk;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Retention;
import dev.reprise.store.Scope;

/** How the app and time end things. */
interface Endings extends Operation {

    /** Cancels a task. */
    record Cancel(Scope scope, GenerationId id) implements Endings {
        @Override
        public Object on(Side side) {
            return Answers.cancelled(side.store().cancel(scope, id));
        }
    }

    /** Cancels a batch. */
    record CancelBatch(Scope scope, BatchId id) implements Endings {
        @Override
        public Object on(Side side) {
            return Answers.cancelled(side.store().cancel(scope, id));
        }
    }

    /** Deletes a task. */
    record Delete(Scope scope, GenerationId id) implements Endings {
        @Override
        public Object on(Side side) {
            return Answers.cancelled(side.store().delete(scope, id));
        }
    }

    /** Removes what ended long enough ago. */
    record Purge(Retention retention) implements Endings {
        @Override
        public Object on(Side side) {
            return side.offers().purging() ? side.purging().orElseThrow().purge(retention) : Answers.NOT_ASKED;
        }
    }
}
