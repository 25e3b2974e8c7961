package dev.reprise.waiting;

import dev.reprise.background.Problems;
import dev.reprise.background.SingleFlight;
import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.TaskStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Who waits for which generation to end. What ends in this process is known at once; what others run is asked for, all
 * of it in one query, at each poll. Waiting holds no thread.
 */
public final class CompletionWatcher {

    private static final String LOOK = "looking for ended generations";

    private final TaskStore store;
    private final Problems problems;
    private final Map<GenerationId, CompletableFuture<TaskState>> awaited = new ConcurrentHashMap<>();
    private final Set<GenerationId> unchecked = ConcurrentHashMap.newKeySet();
    private final SingleFlight checking;

    public CompletionWatcher(TaskStore store, Executor threads, Problems problems) {
        this.store = store;
        this.problems = problems;
        this.checking = new SingleFlight(threads, this::check);
    }

    /** A future of the state in which a task ends; shared by all who wait for it. */
    public CompletableFuture<TaskState> ended(GenerationId id) {
        var future = awaited.computeIfAbsent(id, ignored -> new CompletableFuture<>());
        // It may have ended before anybody waited.
        recheck(List.of(id));
        return future;
    }

    /** Looks at tasks that are awaited and may have ended. */
    public void recheck(Collection<GenerationId> ids) {
        boolean any = false;
        for (GenerationId id : ids) {
            any |= awaited.containsKey(id) && unchecked.add(id);
        }
        if (any) {
            checking.request();
        }
    }

    /** Looks at all tasks that are awaited: others may have ended them. */
    public void recheckAll() {
        recheck(awaited.keySet());
    }

    /** Ends all waiting, because the client closes. */
    public void close() {
        awaited.values().forEach(future -> future.completeExceptionally(new ClientClosedException("await")));
        awaited.clear();
    }

    private void check() {
        var ids = List.copyOf(unchecked);
        ids.forEach(unchecked::remove);
        if (ids.isEmpty()) {
            return;
        }
        try {
            var states = store.states(ids);
            problems.succeeded(LOOK);
            for (GenerationId id : ids) {
                var state = states.get(id);
                if (state == null) {
                    finish(id).completeExceptionally(new NotFoundException("generation", id.value()));
                } else if (state.isTerminal()) {
                    finish(id).complete(state);
                }
            }
        } catch (Throwable e) {
            problems.failed(LOOK, e); // the next poll looks again
        }
    }

    private CompletableFuture<TaskState> finish(GenerationId id) {
        var future = awaited.remove(id);
        return future == null ? new CompletableFuture<>() : future;
    }
}
