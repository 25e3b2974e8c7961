package dev.reprise.examples.durable;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.provider.AttemptId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a worker's log: a provider call begins or ends, or a task's end has been stored.
 *
 * @param event which of these
 * @param task the task's id
 * @param attempt the attempt's number, from 1
 * @param epoch the claim's fencing number; 0 of what has been stored
 * @param pid the process that makes the call
 * @param time when, by the clock of the process's machine
 * @param outcome how the call ended: SUCCEEDED, FAILED or CANCELLED; null when it begins
 */
record CallLine(
        Event event,
        String task,
        int attempt,
        long epoch,
        long pid,
        Instant time,
        @Nullable AttemptOutcome outcome) {

    /** What a line tells of. */
    enum Event {
        BEGIN("begin"),
        END("end"),
        STORED("stored");

        private final String word;

        Event(String word) {
            this.word = word;
        }
    }

    static CallLine begin(AttemptId attempt, long pid, Instant time) {
        return new CallLine(
                Event.BEGIN, attempt.generation().value(), attempt.number(), attempt.epoch(), pid, time, null);
    }

    /** The line for a task whose end the store has acknowledged. */
    static CallLine stored(String task, int attempt, long pid, Instant time, AttemptOutcome how) {
        return new CallLine(Event.STORED, task, attempt, 0, pid, time, how);
    }

    /** The line for the end of the call that this line is the beginning of. */
    CallLine end(AttemptOutcome how, Instant when) {
        return new CallLine(Event.END, task, attempt, epoch, pid, when, how);
    }

    /** As a JSON object on one line, without the line's end. */
    String toJson() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event", event.word);
        fields.put("task", task);
        fields.put("attempt", attempt);
        fields.put("epoch", epoch);
        fields.put("pid", pid);
        fields.put("time", time.toString());
        fields.put("outcome", outcome == null ? null : outcome.name());
        return JsonText.write(fields);
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException when it is something else, as the torn last line of a process that was killed
     */
    static CallLine parse(String json) {
        var fields = JsonText.read(json);
        var outcome = fields.get("outcome");
        return new CallLine(
                event(text(fields, "event")),
                text(fields, "task"),
                (int) number(fields, "attempt"),
                number(fields, "epoch"),
                number(fields, "pid"),
                Instant.parse(text(fields, "time")),
                outcome == null ? null : AttemptOutcome.valueOf(outcome.toString()));
    }

    private static Event event(String word) {
        for (Event event : Event.values()) {
            if (event.word.equals(word)) {
                return event;
            }
        }
        throw new IllegalArgumentException("event must be begin, end or stored: " + word);
    }

    private static String text(Map<?, ?> fields, String name) {
        return Objects.requireNonNullElse(fields.get(name), "").toString();
    }

    private static long number(Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(name + " must be a number: " + fields.get(name));
    }
}
