package dev.reprise.testkit.store.walk;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Placement;
import dev.reprise.store.Submission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts into a submission something that contradicts it, or what is stored. */
final class Contradictions {

    private final Dice dice;

    Contradictions(Dice dice) {
        this.dice = dice;
    }

    Submission in(Submission submission, View view) {
        var tasks = new ArrayList<>(submission.tasks());
        int at = dice.below(tasks.size());
        var task = tasks.get(at);
        var place = task.placement();
        var batch = submission.batch();
        switch (dice.below(9)) {
            case 0 -> tasks.set(at, placed(task, new Placement(place.batch(), null, place.key(), place.parent())));
            case 1 -> tasks.set(at, placed(task, new Placement(place.batch(), 0, "step 0", place.parent())));
            case 2 -> tasks.set(at, placed(task, new Placement(dice.of(Names.BATCHES), 0, null, null)));
            case 3 -> tasks.set(at, placed(task, Placement.ALONE));
            case 4 -> tasks.set(at, depending(task, dice.of(Names.TASKS)));
            case 5 -> tasks.add(task);
            case 6 -> tasks.set(at, placed(task, new Placement(place.batch(), tasks.size(), null, place.parent())));
            case 7 -> batch = another(batch, view);
            default -> tasks.set(at, depending(task, dice.of(tasks).id()));
        }
        return new Submission(submission.owner(), batch, tasks);
    }

    /** A batch that is stored already, or none at all. */
    private @Nullable NewBatch another(@Nullable NewBatch batch, View view) {
        var stored = view.seen().feed();
        return stored.isEmpty() || dice.hits(30)
                ? null
                : new NewBatch(dice.of(stored).id(), null, batch == null ? null : batch.concurrency(), dice.hits(50));
    }

    private static NewTask placed(NewTask task, Placement placement) {
        return new NewTask(
                task.id(),
                task.labels(),
                placement,
                task.priority(),
                task.timing(),
                task.dependsOn(),
                task.idempotency(),
                task.requiredLevel(),
                task.request());
    }

    private static NewTask depending(NewTask task, GenerationId on) {
        return new NewTask(
                task.id(),
                task.labels(),
                task.placement(),
                task.priority(),
                task.timing(),
                List.of(on),
                task.idempotency(),
                task.requiredLevel(),
                task.request());
    }
}
