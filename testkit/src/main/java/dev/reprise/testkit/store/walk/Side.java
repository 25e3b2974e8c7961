package dev.reprise.testkit.store.walk;

import dev.reprise.identity.RunnerId;
import dev.reprise.store.Beat;
import dev.reprise.store.Purging;
import dev.reprise.store.QueueReads;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.TaskStore;
import dev.reprise.testkit.store.StoreUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One of the two stores: two processes that use it, and their runners. */
final class Side implements AutoCloseable {

    static final int SLOTS = 4;
    static final Duration LEASE = Duration.ofSeconds(3);

    /** Shorter than half a lease: who beats as often as this is steady. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    private static final int MOST_PAST = 3;

    private final StoreUnderTest subject;
    private final SpiCalls calls;
    private final Notes notes;
    private final TaskStore first;
    private @Nullable TaskStore second;
    private final Map<Integer, Runner> present = new TreeMap<>();
    private final Map<Integer, List<Runner>> past = new HashMap<>();
    private final Map<RunnerId, String> aliases = new HashMap<>();
    private Instant start;
    private Offers offers = new Offers(false, false);
    private int opened;

    Side(StoreUnderTest subject, SpiCalls calls, Notes notes) {
        this.subject = subject;
        this.calls = calls;
        this.notes = notes;
        first = calls.recorded(TaskStore.class, subject.store());
        start = first.now();
    }

    /**
     * A runner of this walk.
     *
     * @param session its session
     * @param alias its name, the same on both sides
     * @param slot its place
     * @param openedAt when it was opened
     */
    record Runner(RunnerSession session, String alias, int slot, Instant openedAt) {}

    TaskStore store() {
        return first;
    }

    Notes notes() {
        return notes;
    }

    /** The instant that lies so far after the walk's start. */
    Instant at(Duration sinceStart) {
        return start.plus(sinceStart);
    }

    Duration sinceStart(Instant at) {
        return Duration.between(start, at);
    }

    /** Moves the clock to where another's stands, which is later. */
    void startAt(Instant at) {
        subject.advance(Duration.between(start, at));
        start = first.now();
    }

    /** Says what both stores offer. */
    void offer(Offers both) {
        offers = both;
    }

    Offers offers() {
        return offers;
    }

    Optional<Purging> purging() {
        return first.purging().map(face -> calls.recorded(Purging.class, face));
    }

    Optional<QueueReads> queueReads() {
        return first.queueReads().map(face -> calls.recorded(QueueReads.class, face));
    }

    /** A runner, or null when there is none of the past that is asked for. */
    @Nullable
    Runner runner(Who who) {
        if (who.past() == 0) {
            return present.computeIfAbsent(who.slot(), this::open);
        }
        var former = past.getOrDefault(who.slot(), List.of());
        int index = former.size() - who.past();
        return index < 0 ? null : former.get(index);
    }

    /** Whether a runner has been there, and has beaten, for longer than a lease, and so may tell that others are dead. */
    boolean isSteady(Who who) {
        var runner = runner(who);
        return who.past() == 0 && runner != null && first.now().isAfter(runner.openedAt.plus(LEASE));
    }

    private Runner open(int slot) {
        var spec = new RunnerSpec("runner " + slot, LEASE, 1 + slot % 3);
        var openedAt = first.now();
        var session = calls.recorded(RunnerSession.class, process(slot).open(spec, () -> {}));
        var runner = new Runner(session, "r" + slot + "#" + ++opened, slot, openedAt);
        aliases.put(session.id(), runner.alias);
        return runner;
    }

    private TaskStore process(int slot) {
        if (slot % 2 == 0) {
            return first;
        }
        if (second == null) {
            second = calls.recorded(TaskStore.class, subject.openSecond());
        }
        return second;
    }

    /** Lets the runner of a place be one of the past, whose beats have stopped. */
    void leaveBehind(int slot) {
        var runner = present.remove(slot);
        if (runner != null) {
            var former = past.computeIfAbsent(slot, of -> new ArrayList<>());
            former.add(runner);
            if (former.size() > MOST_PAST) {
                former.get(former.size() - 1 - MOST_PAST).session.close();
            }
        }
    }

    /** Lets time pass, in which all that are there beat; returns what their last beats have found. */
    Map<String, Beat> pass(Duration time) {
        var beats = new TreeMap<String, Beat>();
        var left = time;
        while (left.compareTo(Duration.ZERO) > 0) {
            var some = left.compareTo(BEAT) > 0 ? BEAT : left;
            subject.advance(some);
            present.values().forEach(runner -> beats.put(runner.alias, runner.session.beat()));
            left = left.minus(some);
        }
        return beats;
    }

    /** Ends the second process, in order. */
    void endSecond() {
        present.entrySet().removeIf(one -> one.getKey() % 2 == 1 && closes(one.getValue()));
        past.values()
                .forEach(former ->
                        former.stream().filter(one -> one.slot % 2 == 1).forEach(Side::closes));
        past.keySet().removeIf(slot -> slot % 2 == 1);
        if (second != null) {
            second.close();
            second = null;
        }
    }

    private static boolean closes(Runner runner) {
        runner.session.close();
        return true;
    }

    /** How a program names a runner; null for one that it cannot name any more. */
    @Nullable
    Who who(RunnerId id) {
        for (var runner : present.values()) {
            if (runner.session.id().equals(id)) {
                return Who.at(runner.slot);
            }
        }
        for (var former : past.values()) {
            for (int i = 1; i <= Math.min(MOST_PAST, former.size()); i++) {
                var runner = former.get(former.size() - i);
                if (runner.session.id().equals(id)) {
                    return new Who(runner.slot, i);
                }
            }
        }
        return null;
    }

    /** A runner's name, the same on both sides. */
    String alias(RunnerId id) {
        return aliases.getOrDefault(id, id.value());
    }

    @Override
    public void close() {
        subject.close();
    }
}
