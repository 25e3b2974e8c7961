package dev.reprise.examples.durable;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.StoredTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the store says of a task, without its texts.
 *
 * @param id its id
 * @param state where it stands
 * @param reason why it stands there, where the store keeps a reason, or null
 * @param epoch the fencing number of its latest claim
 * @param runner who has it, or null
 * @param attempts its attempts that have ended, by epoch
 */
record TaskLine(
        String id,
        TaskState state,
        @Nullable String reason,
        long epoch,
        @Nullable String runner,
        List<Tried> attempts) {

    /**
     * An attempt that has ended.
     *
     * @param number its number, from 1
     * @param epoch its claim's fencing number
     * @param outcome how it ended
     */
    record Tried(int number, long epoch, AttemptOutcome outcome) {}

    static TaskLine of(StoredTask task) {
        var status = task.row().status();
        var runner = status.runner();
        var reason = status.reason();
        return new TaskLine(
                task.row().id().value(),
                status.state(),
                reason == null ? null : reason.text(),
                status.epoch(),
                runner == null ? null : runner.value(),
                task.attempts().stream().map(TaskLine::tried).toList());
    }

    private static Tried tried(AttemptRow attempt) {
        return new Tried(attempt.number(), attempt.epoch(), attempt.outcome());
    }

    /** As a JSON object on one line. */
    String toJson() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("state", state.name());
        fields.put("reason", reason);
        fields.put("epoch", epoch);
        fields.put("runner", runner);
        fields.put("attempts", attempts.stream().map(TaskLine::fields).toList());
        return JsonText.write(fields);
    }

    private static Map<String, Object> fields(Tried attempt) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", attempt.number());
        fields.put("epoch", attempt.epoch());
        fields.put("outcome", attempt.outcome().name());
        return fields;
    }

    /** For people: the id, the state, the epoch, and the attempts' outcomes in order. */
    String toText() {
        var outcomes =
                attempts.stream().map(attempt -> attempt.outcome().name()).collect(Collectors.joining(" "));
        return (id + "  " + state + "  epoch " + epoch + "  " + outcomes).stripTrailing();
    }
}
