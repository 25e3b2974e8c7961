package dev.reprise.storage.memory;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.Payload;
import dev.reprise.store.rules.Birth;
import java.util.HashMap;
import java.util.Map;

/** What was asked for. */
final class Requests implements Companion {

    private static final Payload ERASED = Payload.of(new byte[0]);

    private final Map<GenerationId, Payload> requests = new HashMap<>();

    @Override
    public void born(Birth birth) {
        requests.put(birth.task().id(), birth.task().request());
    }

    @Override
    public void erased(TaskEntry task) {
        requests.remove(task.id());
    }

    @Override
    public void purged(TaskEntry task) {
        requests.remove(task.id());
    }

    Payload of(TaskEntry task) {
        return requests.getOrDefault(task.id(), ERASED);
    }
}
