package dev.reprise.storage.memory;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of tasks. */
final class Results implements Companion {

    private final Map<GenerationId, Payload> results = new HashMap<>();

    @Override
    public void changed(Tx tx, List<Change> changes) {
        for (Change change : changes) {
            if (change.result() != null) {
                results.put(change.task().id(), change.result());
            }
        }
    }

    @Override
    public void erased(TaskEntry task) {
        results.remove(task.id());
    }

    @Override
    public void purged(TaskEntry task) {
        results.remove(task.id());
    }

    @Nullable
    Payload of(TaskEntry task) {
        return results.get(task.id());
    }
}
