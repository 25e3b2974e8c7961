package dev.reprise.listening;

import dev.reprise.background.SingleFlight;
import dev.reprise.event.GenerationEvent;
import dev.reprise.event.GenerationListener;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.TaskRow;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what happens, one event at a time, on a thread that holds nothing. */
public final class EventDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);
    private static final int DELTAS_DROPPED_FROM = 10_000;
    private static final long BYTES_DROPPED_FROM = 16L << 20;

    private final List<GenerationListener> listeners;
    private final Queue<GenerationEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final SingleFlight telling;
    private final Map<GenerationId, GenerationEvent.Slot> beingStored = new ConcurrentHashMap<>();
    private volatile boolean dropping;

    public EventDispatcher(List<GenerationListener> listeners, Executor threads) {
        this.listeners = List.copyOf(listeners);
        this.telling = new SingleFlight(threads, this::tell);
    }

    /** Which generation events of a task are about. */
    public static GenerationEvent.Slot slot(TaskRow row) {
        var placement = row.placement();
        return new GenerationEvent.Slot(row.id(), placement.batch(), placement.position());
    }

    /** Whether anybody listens. */
    public boolean heard() {
        return !listeners.isEmpty();
    }

    /** How many events no listener has heard of yet. */
    public int waiting() {
        return waiting.get();
    }

    /** A generation is about to be stored: whoever sees it first announces it. */
    public void expect(GenerationEvent.Slot slot) {
        if (heard()) {
            beingStored.put(slot.id(), slot);
        }
    }

    /** A generation has been stored; announced once, before any attempt of it, which another thread may begin first. */
    public void created(GenerationId id) {
        var slot = beingStored.remove(id);
        if (slot != null) {
            announce(new GenerationEvent.Created(slot));
        }
    }

    /** A generation has not been stored after all. */
    public void forget(GenerationId id) {
        beingStored.remove(id);
    }

    /** Queues an event for the listeners. */
    public void announce(GenerationEvent event) {
        if (!heard()) {
            return;
        }
        if (event instanceof GenerationEvent.TextDelta && full()) {
            if (!dropping) {
                dropping = true;
                LOG.warn("listeners are too slow; text deltas are dropped, starting with {}", event.slot());
            }
            return;
        }
        waiting.incrementAndGet();
        waitingBytes.addAndGet(EventSize.of(event));
        events.add(event);
        telling.request();
    }

    private boolean full() {
        return waiting.get() >= DELTAS_DROPPED_FROM || waitingBytes.get() >= BYTES_DROPPED_FROM;
    }

    private void tell() {
        for (var event = events.poll(); event != null; event = events.poll()) {
            waiting.decrementAndGet();
            waitingBytes.addAndGet(-EventSize.of(event));
            for (GenerationListener listener : listeners) {
                tell(listener, event);
            }
        }
        dropping = false;
    }

    private static void tell(GenerationListener listener, GenerationEvent event) {
        try {
            listener.onEvent(event);
        } catch (Throwable e) { // a listener's class may be missing, or throw what it does not declare
            LOG.warn(
                    "a listener failed on {} of {}",
                    event.getClass().getSimpleName(),
                    event.slot().id(),
                    e);
        }
    }
}
