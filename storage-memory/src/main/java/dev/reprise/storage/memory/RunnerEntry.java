package dev.reprise.storage.memory;

import dev.reprise.identity.RunnerId;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.TaskRef;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A runner's row: one incarnation, its lease, and what it has. Guarded by the store's lock. */
final class RunnerEntry {

    private final RunnerId id;
    private final RunnerSpec spec;
    private final Runnable wake;
    private final Set<Task> held = new LinkedHashSet<>();
    private Instant leaseEnd;
    private boolean alive = true;

    RunnerEntry(RunnerId id, RunnerSpec spec, Runnable wake, Instant now) {
        this.id = id;
        this.spec = spec;
        this.wake = wake;
        this.leaseEnd = StoreTime.after(now, spec.lease());
    }

    RunnerId id() {
        return id;
    }

    RunnerSpec spec() {
        return spec;
    }

    Runnable wake() {
        return wake;
    }

    boolean alive() {
        return alive;
    }

    /** Whether its lease has run out, whoever has noticed. */
    boolean expired(Instant now) {
        return !now.isBefore(leaseEnd);
    }

    void renew(Instant now) {
        leaseEnd = StoreTime.after(now, spec.lease());
    }

    /** For {@link Runners} alone. */
    void die() {
        alive = false;
    }

    void add(Task task) {
        held.add(task);
    }

    void remove(Task task) {
        held.remove(task);
    }

    /** Its RUNNING and UPLOADING tasks as they are now. */
    List<Task> held() {
        return List.copyOf(held);
    }

    Set<TaskRef> heldRefs() {
        return held.stream().map(Task::ref).collect(Collectors.toSet());
    }
}
