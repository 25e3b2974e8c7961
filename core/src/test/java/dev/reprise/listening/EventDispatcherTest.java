package dev.reprise.listening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.event.GenerationEvent;
import dev.reprise.event.GenerationEvent.Created;
import dev.reprise.event.GenerationEvent.Slot;
import dev.reprise.event.GenerationEvent.Started;
import dev.reprise.event.GenerationEvent.TextDelta;
import dev.reprise.event.GenerationListener;
import dev.reprise.identity.GenerationId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners are told everything, in order, and can break nothing. */
class EventDispatcherTest {

    private static final Slot SLOT = slot("g");

    private final Queue<Runnable> queued = new ArrayDeque<>();
    private final List<GenerationEvent> heard = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        threads.shutdown();
    }

    @Test
    void listenerIsToldInTheOrderOfAnnouncing() {
        var dispatcher = new EventDispatcher(List.of(heard::add), queued::add);
        List<GenerationEvent> events = List.of(
                new Created(SLOT), new Started(SLOT, 1), new TextDelta(SLOT, 1, "a"), new Started(slot("h"), 1));

        events.forEach(dispatcher::announce);
        assertThat(heard).as("nobody is told on the announcing thread").isEmpty();
        runQueued();

        assertThat(heard).isEqualTo(events);
    }

    @Test
    void allListenersAreTold() {
        var others = new ArrayList<GenerationEvent>();
        var dispatcher = new EventDispatcher(List.of(heard::add, others::add), queued::add);

        dispatcher.announce(new Created(SLOT));
        runQueued();

        assertThat(heard).containsExactly(new Created(SLOT));
        assertThat(others).containsExactly(new Created(SLOT));
    }

    @Test
    void nothingIsQueuedWhenNobodyListens() {
        var dispatcher = new EventDispatcher(List.of(), queued::add);

        dispatcher.announce(new Created(SLOT));

        assertThat(dispatcher.heard()).isFalse();
        assertThat(queued).isEmpty();
    }

    @Test
    void listenerThatThrowsHidesNothingFromItselfOrOthers() {
        List<Throwable> broken = List.of(
                new IllegalStateException("broken"),
                new AssertionError("broken"),
                new StackOverflowError("broken"),
                new NoClassDefFoundError("broken"),
                new IOException("broken"));
        var told = new AtomicInteger();
        GenerationListener throwing = event -> EventDispatcherTest.throwAny(broken.get(told.getAndIncrement()));
        var dispatcher = new EventDispatcher(List.of(throwing, heard::add), queued::add);

        for (int i = 0; i < broken.size(); i++) {
            dispatcher.announce(new Started(SLOT, i + 1));
            runQueued();
        }

        assertThat(told).hasValue(broken.size());
        assertThat(heard).hasSize(broken.size());
    }

    @Test
    void eventsOfAGenerationKeepTheirOrderAcrossThreads() throws InterruptedException {
        List<GenerationEvent> told = Collections.synchronizedList(new ArrayList<>());
        var running = new AtomicInteger();
        var overlapped = new AtomicBoolean();
        var dispatcher = new EventDispatcher(
                List.of(event -> {
                    overlapped.compareAndSet(false, running.incrementAndGet() != 1);
                    told.add(event);
                    running.decrementAndGet();
                }),
                threads);
        List<Thread> announcing = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            var slot = slot("g" + t);
            var thread = new Thread(() -> {
                for (int i = 1; i <= 2_000; i++) {
                    dispatcher.announce(new Started(slot, i));
                }
            });
            thread.start();
            announcing.add(thread);
        }
        for (Thread thread : announcing) {
            thread.join();
        }

        await().untilAsserted(() -> assertThat(told).hasSize(8_000));
        assertThat(overlapped).isFalse();
        for (int t = 0; t < 4; t++) {
            var slot = slot("g" + t);
            assertThat(told.stream()
                            .filter(event -> event.slot().equals(slot))
                            .map(event -> ((Started) event).attempt()))
                    .hasSize(2_000)
                    .isSorted();
        }
    }

    @Test
    void onlyDeltasAreDroppedWhenListenersAreSlow() {
        var dispatcher = new EventDispatcher(List.of(heard::add), queued::add);

        for (int i = 0; i < 12_000; i++) {
            dispatcher.announce(new TextDelta(SLOT, 1, "d" + i));
        }
        for (int i = 1; i <= 50; i++) {
            dispatcher.announce(new Started(SLOT, i));
        }
        runQueued();

        assertThat(heard).filteredOn(TextDelta.class::isInstance).hasSizeBetween(10_000, 10_001);
        assertThat(heard).filteredOn(Started.class::isInstance).hasSize(50);
        assertThat(((TextDelta) heard.get(9_999)).text())
                .as("what was kept is the beginning")
                .isEqualTo("d9999");
    }

    @Test
    void textIsDroppedForItsSizeAndNothingElseIs() {
        var dispatcher = new EventDispatcher(List.of(heard::add), queued::add);
        var slot = new GenerationEvent.Slot(new GenerationId("g"), null, null);
        var megabyte = "x".repeat(1 << 19);
        for (int i = 0; i < 40; i++) {
            dispatcher.announce(new GenerationEvent.TextDelta(slot, 1, megabyte));
        }
        dispatcher.announce(new GenerationEvent.Restarted(slot, 2));

        runQueued();

        assertThat(heard).hasSize(17).last().isEqualTo(new GenerationEvent.Restarted(slot, 2));
        dispatcher.announce(new GenerationEvent.TextDelta(slot, 2, megabyte));
        runQueued();
        assertThat(heard).hasSize(18);
    }

    @Test
    void deltasAreTakenAgainWhenListenersHaveCaughtUp() {
        var dispatcher = new EventDispatcher(List.of(heard::add), queued::add);
        for (int i = 0; i < 12_000; i++) {
            dispatcher.announce(new TextDelta(SLOT, 1, "d"));
        }
        runQueued();
        heard.clear();

        dispatcher.announce(new TextDelta(SLOT, 2, "new"));
        runQueued();

        assertThat(heard).containsExactly(new TextDelta(SLOT, 2, "new"));
    }

    @Test
    void listenerMayCauseFurtherEvents() {
        var self = new EventDispatcher[1];
        self[0] = new EventDispatcher(
                List.of(event -> {
                    heard.add(event);
                    if (event instanceof Created) {
                        self[0].announce(new Started(SLOT, 1));
                    }
                }),
                queued::add);

        self[0].announce(new Created(SLOT));
        runQueued();

        assertThat(heard).containsExactly(new Created(SLOT), new Started(SLOT, 1));
    }

    private void runQueued() {
        for (var action = queued.poll(); action != null; action = queued.poll()) {
            action.run();
        }
    }

    /** Throws checked exceptions too, as a listener in another language may. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void throwAny(Throwable throwable) throws T {
        throw (T) throwable;
    }

    private static Slot slot(String id) {
        return new Slot(new GenerationId(id), null, null);
    }
}
