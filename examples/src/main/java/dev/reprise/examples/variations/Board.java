package dev.reprise.examples.variations;

import static dev.reprise.examples.variations.Wording.count;

import dev.reprise.event.GenerationEvent;
import dev.reprise.event.GenerationListener;
import dev.reprise.examples.command.Durations;
import dev.reprise.examples.variations.Slot.Mood;
import dev.reprise.generation.Generation;
import dev.reprise.identity.GenerationId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shows what each generation is doing, as the client tells it.
 *
 * <p>The client tells on a thread of its own, perhaps a moment after a handle's {@code await} has returned: {@link #leave}
 * waits for that.
 */
final class Board implements GenerationListener {

    private static final int TITLE_LENGTH = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Screen screen;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Map<GenerationId, Slot> slots = new LinkedHashMap<>();
    private final Map<GenerationId, StringBuilder> texts = new LinkedHashMap<>();
    private int finished;
    private int refinements;

    Board(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void onEvent(GenerationEvent event) {
        lock.lock();
        try {
            boolean news = event instanceof GenerationEvent.RetryScheduled || event instanceof GenerationEvent.Finished;
            var id = event.slot().id();
            var known = slots.get(id);
            var slot = next(known == null ? created(event) : known, event);
            slots.put(id, slot);
            screen.changed(slot, news, slots.values());
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a number of generations have been shown to have ended, and begins a new board below. */
    void leave(int generations) throws InterruptedException {
        lock.lock();
        try {
            long nanos = PATIENCE.toNanos();
            while (finished < generations && nanos > 0) {
                nanos = told.awaitNanos(nanos);
            }
            finished = 0;
            slots.clear();
            texts.clear();
            screen.leave();
        } finally {
            lock.unlock();
        }
    }

    private Slot created(GenerationEvent event) {
        var index = event.slot().index();
        var name = index != null ? "variation " + (index + 1) : "refinement " + ++refinements;
        return new Slot(String.format("%-12s", name), Mood.WORKING, "waits");
    }

    // A sealed interface without pattern matching for switch, which Java 17 has not yet.
    private Slot next(Slot slot, GenerationEvent event) {
        if (event instanceof GenerationEvent.Started started) {
            texts.put(event.slot().id(), new StringBuilder());
            return slot.now(
                    Mood.WORKING, "asks the model" + (started.attempt() == 1 ? "" : ", attempt " + started.attempt()));
        }
        if (event instanceof GenerationEvent.TextDelta delta) {
            var text = texts.computeIfAbsent(event.slot().id(), id -> new StringBuilder())
                    .append(delta.text());
            return slot.now(Mood.WORKING, "writes, " + count(Wording.words(text.toString()), "word"));
        }
        if (event instanceof GenerationEvent.RetryScheduled retry) {
            return slot.now(
                    Mood.WAITING,
                    "attempt " + retry.attempt() + " failed: " + Wording.cause(retry.failure()) + "; again in "
                            + Durations.show(retry.delay()));
        }
        if (event instanceof GenerationEvent.Finished end) {
            finished++;
            return ended(slot, end.generation());
        }
        return slot;
    }

    private static Slot ended(Slot slot, Generation generation) {
        var effort =
                Wording.took(generation) + ", " + count(generation.attempts().size(), "attempt");
        var result = generation.result();
        if (result != null) {
            return slot.now(
                    Mood.DONE,
                    "done     " + effort + ", " + count(Wording.words(result.output()), "word") + ": "
                            + Wording.cut(Wording.firstLine(result.output()), TITLE_LENGTH));
        }
        var failure = generation.failure();
        return slot.now(
                Mood.FAILED,
                "failed   " + effort + ". " + (failure == null ? generation.state() : failure.userMessage()));
    }
}
