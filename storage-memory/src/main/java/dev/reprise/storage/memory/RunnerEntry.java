package dev.reprise.storage.memory;

import dev.reprise.identity.RunnerId;
import dev.reprise.store.RunnerRow;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.TaskRef;
import dev.reprise.store.rules.BirthRules;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A runner's row: one incarnation, its lease, and what it has. Guarded by the store's lock. */
final class RunnerEntry {

    private final RunnerId id;
    private final RunnerSpec spec;
    private final Runnable wake;
    private final Instant startedAt;
    private final Set<TaskEntry> held = new LinkedHashSet<>();
    private Instant beatAt;
    private @Nullable Instant diedAt;

    RunnerEntry(RunnerId id, RunnerSpec spec, Runnable wake, Instant now) {
        this.id = id;
        this.spec = spec;
        this.wake = wake;
        this.startedAt = now;
        this.beatAt = now;
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

    boolean isAlive() {
        return diedAt == null;
    }

    /** Whether its lease has run out, whoever has noticed. */
    boolean isExpired(Instant now) {
        return !now.isBefore(BirthRules.after(beatAt, spec.lease()));
    }

    void beat(Instant now) {
        beatAt = now;
    }

    /** Marks it dead, for ever. */
    void die(Instant now) {
        diedAt = now;
    }

    /** Whether it has died before a time and has nothing any more. */
    boolean isForgotten(Instant before) {
        return diedAt != null && diedAt.isBefore(before) && held.isEmpty();
    }

    void add(TaskEntry task) {
        held.add(task);
    }

    void remove(TaskEntry task) {
        held.remove(task);
    }

    /** Its RUNNING and UPLOADING tasks as they are now. */
    List<TaskEntry> held() {
        return List.copyOf(held);
    }

    Set<TaskRef> heldRefs() {
        return held.stream().map(TaskEntry::ref).collect(Collectors.toSet());
    }

    RunnerRow row() {
        return new RunnerRow(id, spec.name(), isAlive(), startedAt, beatAt, held.size());
    }
}
