package dev.reprise.testkit.store.walk;

import dev.reprise.generation.GenerationKind;
import dev.reprise.store.Level;
import dev.reprise.store.NewTask;
import dev.reprise.store.NewTask.Timing;
import dev.reprise.store.Placement;
import dev.reprise.store.TaskLabels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** How a task differs from a plain one: what a shorter program may leave out, and what its text says. */
final class Plainer {

    private static final TaskLabels LABELS =
            new TaskLabels(GenerationKind.SINGLE, null, Names.PROVIDERS.get(0), "m", null, null);

    private Plainer() {}

    /** The same task with one thing less that is not plain, each. */
    static List<NewTask> than(NewTask task) {
        var plainer = new ArrayList<NewTask>();
        var timing = task.timing();
        var placement = task.placement();
        var position = new Placement(placement.batch(), placement.position(), null, placement.parent());
        var orphan = new Placement(placement.batch(), placement.position(), placement.key(), null);
        plainer.add(build(task, LABELS, placement, task.priority(), timing));
        plainer.add(build(task, task.labels(), position, task.priority(), timing));
        plainer.add(build(task, task.labels(), orphan, task.priority(), timing));
        plainer.add(build(task, task.labels(), placement, 0, timing));
        plainer.add(build(task, task.labels(), placement, task.priority(), Timing.DEFAULT));
        plainer.add(build(task, task.labels(), placement, task.priority(), undelayed(timing)));
        plainer.add(build(task, task.labels(), placement, task.priority(), endless(timing)));
        plainer.add(related(task, List.of(), task.idempotency()));
        plainer.add(related(task, task.dependsOn(), null));
        plainer.removeIf(task::equals);
        return plainer;
    }

    /** The same tasks, their positions from 0 on without a gap. */
    static List<NewTask> renumbered(List<NewTask> tasks) {
        var positions = tasks.stream()
                .map(task -> task.placement().position())
                .filter(Objects::nonNull)
                .sorted()
                .distinct()
                .toList();
        return tasks.stream().map(task -> at(task, positions)).toList();
    }

    private static NewTask at(NewTask task, List<@Nullable Integer> positions) {
        var place = task.placement();
        var position = place.position() == null ? null : (Integer) positions.indexOf(place.position());
        var moved = new Placement(place.batch(), position, place.key(), place.parent());
        return build(task, task.labels(), moved, task.priority(), task.timing());
    }

    private static Timing undelayed(Timing timing) {
        return new Timing(Duration.ZERO, timing.deadline(), timing.onCrash());
    }

    private static Timing endless(Timing timing) {
        return new Timing(timing.startIn(), null, timing.onCrash());
    }

    private static NewTask build(NewTask task, TaskLabels labels, Placement placement, int priority, Timing timing) {
        return new NewTask(
                task.id(),
                labels,
                placement,
                priority,
                timing,
                task.dependsOn(),
                task.idempotency(),
                task.requiredLevel(),
                task.request());
    }

    private static NewTask related(
            NewTask task,
            List<dev.reprise.identity.GenerationId> dependsOn,
            NewTask.@Nullable Idempotency idempotency) {
        return new NewTask(
                task.id(),
                task.labels(),
                task.placement(),
                task.priority(),
                task.timing(),
                dependsOn,
                idempotency,
                task.requiredLevel(),
                task.request());
    }

    /** The task with all that is not plain. */
    static String text(NewTask task, @Nullable Object batch) {
        var text = new StringJoiner(" ").add(task.id().value());
        var labels = task.labels();
        var placement = task.placement();
        var timing = task.timing();
        said(text, "in", placement.batch(), batch);
        said(text, "position", placement.position(), null);
        said(text, "key", placement.key(), null);
        said(text, "parent", placement.parent(), null);
        said(text, "priority", task.priority(), 0);
        said(text, "kind", labels.kind(), LABELS.kind());
        said(text, "label", labels.label(), null);
        said(text, "provider", labels.provider(), LABELS.provider());
        said(text, "processor", labels.processor(), null);
        said(text, "handler", labels.handler(), null);
        said(text, "after", task.dependsOn(), List.of());
        said(text, "startIn", timing.startIn(), Duration.ZERO);
        said(text, "deadline", timing.deadline(), null);
        said(text, "onCrash", timing.onCrash(), Timing.DEFAULT.onCrash());
        said(text, "idempotency", task.idempotency(), null);
        said(text, "level", task.requiredLevel(), Level.ANY);
        return text.toString();
    }

    private static void said(StringJoiner text, String name, @Nullable Object value, @Nullable Object plain) {
        if (!Objects.equals(value, plain)) {
            text.add(name).add(String.valueOf(value));
        }
    }
}
