package dev.reprise.store;

import dev.reprise.failure.StoreException;
import dev.reprise.generation.TaskState;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps tasks, their attempts and their batches: the SPI to bring a database of one's own. Thread-safe.
 *
 * <p>Every method is atomic and done when it returns: any process sees it then. The store's clock decides leases and due
 * times. What follows from what is decided in {@code dev.reprise.store.rules}: a store finds, locks and writes. It enforces
 * {@link TaskState#canBecome}. Payloads are opaque bytes. A store that cannot be reached
 * throws a {@link StoreException}; one that is {@linkplain StoreException#passing() passing} may have happened before or
 * after the commit, and every write may be repeated with the same arguments (ids are made by the caller).
 *
 * <p>What a store may offer besides has faces of its own, with a default that offers nothing, so that a store keeps
 * compiling when one is added. A store that wraps another says so with {@link #undecorated()}; a
 * {@link DelegatingTaskStore} does.
 *
 * <p>{@code dev.reprise.testkit.store} has the suites that every implementation must pass.
 */
public interface TaskStore extends TaskReads, BatchReads, TaskEndings, AutoCloseable {

    /**
     * Starts an incarnation of a runner.
     *
     * @param wake called, on any thread and cheaply, when the store learns that there may be something to claim; need
     *     never be called, because runners also look by themselves
     */
    RunnerSession open(RunnerSpec spec, Runnable wake);

    /**
     * Stores a submission: all of it or none.
     *
     * @throws dev.reprise.failure.InvalidRequestException when it contradicts itself or what is stored
     */
    Submitted submit(Submission submission);

    /** What removes old tasks, when the store can. */
    default Optional<Purging> purging() {
        return Optional.empty();
    }

    /** What tells how the queue stands, when the store can. */
    default Optional<QueueReads> queueReads() {
        return Optional.empty();
    }

    /** The store below all that wraps it; itself when it wraps none. */
    default TaskStore undecorated() {
        return this;
    }

    /** The store's time, in whole milliseconds. */
    Instant now();

    /** Frees what the store itself has opened; tasks stay. Idempotent. */
    @Override
    void close();
}
