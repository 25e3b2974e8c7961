package dev.reprise.store.rules;

import dev.reprise.generation.TaskState;
import dev.reprise.store.Counters;
import dev.reprise.store.Level;
import dev.reprise.store.StateReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A locked task, written in one line, and steps as short texts to compare with. */
final class Facts {

    /** The present. */
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** What every task here has been through. */
    static final Counters COUNTERS = new Counters(5, 2, 1, 0, 0);

    /** A batch of which two may be under way. */
    static final BatchFacts LIMITED = new BatchFacts(2, false, false, false);

    static final BatchFacts PAUSED = new BatchFacts(null, false, true, false);
    static final BatchFacts STOPPED = new BatchFacts(null, true, false, true);

    /** Where a task may stand, with every reason that makes a difference; the last is a state of a newer version. */
    static final List<String> PLACES = List.of(
            "WAITING",
            "HELD admission",
            "HELD paused",
            "SCHEDULED",
            "READY",
            "RUNNING",
            "UPLOADING",
            "AWAITING_DECISION",
            "PARKED unknown_provider",
            "PARKED unknown_processor",
            "PARKED unknown_handler",
            "PARKED unreadable_payload",
            "PARKED other",
            "SUCCEEDED",
            "FAILED deadline",
            "CANCELLED",
            "SKIPPED dependency",
            "unknown");

    private final @Nullable TaskState state;
    private final @Nullable StateReason reason;
    private int openDependencies;
    private @Nullable Instant due;
    private boolean failsOnCrash;
    private boolean awaitsDecision;
    private int requiredLevel = Level.ANY;
    private Counters counters = COUNTERS;
    private BatchFacts batch = BatchFacts.NONE;

    private Facts(@Nullable TaskState state, @Nullable StateReason reason) {
        this.state = state;
        this.reason = reason;
    }

    /** A task at one of {@link #PLACES}. */
    static Facts at(String place) {
        var words = place.split(" ", 2);
        var state = Arrays.stream(TaskState.values())
                .filter(one -> one.name().equals(words[0]))
                .findFirst()
                .orElse(null);
        return new Facts(state, words.length == 1 ? null : StateReason.of(words[1], "detail"));
    }

    /** Those of {@link #PLACES} whose states a task has not ended in, the unknown one left out. */
    static Stream<String> open() {
        return PLACES.stream()
                .filter(place -> !place.equals("unknown"))
                .filter(place -> !TaskState.valueOf(place.split(" ", 2)[0]).isTerminal());
    }

    Facts openDependencies(int value) {
        openDependencies = value;
        return this;
    }

    Facts due(@Nullable Instant value) {
        due = value;
        return this;
    }

    Facts failsOnCrash() {
        failsOnCrash = true;
        return this;
    }

    Facts awaitsDecision() {
        awaitsDecision = true;
        return this;
    }

    Facts requiredLevel(int value) {
        requiredLevel = value;
        return this;
    }

    Facts counters(Counters value) {
        counters = value;
        return this;
    }

    Facts in(BatchFacts value) {
        batch = value;
        return this;
    }

    TaskFacts get() {
        return new TaskFacts(
                state, reason, 3, counters, openDependencies, due, failsOnCrash, awaitsDecision, requiredLevel, batch);
    }

    /** A step's state, reason and due time, as {@code "HELD admission +60s"}; {@code "-"} for none. */
    static String shown(@Nullable Step step) {
        if (step == null) {
            return "-";
        }
        var due = step.dueAt();
        return step.state()
                + (step.reason() == null ? "" : " " + step.reason())
                + (due == null ? "" : " +" + (due.getEpochSecond() - NOW.getEpochSecond()) + "s");
    }
}
