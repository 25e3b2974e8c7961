package dev.reprise.testkit.store.walk;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.Cancelled;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskSummary;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Answers in an order of their own, where the SPI promises none. */
final class Answers {

    /** Of what gives no answer. */
    static final String DONE = "done";

    /** Of what could not be asked for here, on either store. */
    static final String NOT_ASKED = "not asked";

    private static final Comparator<GenerationId> BY_ID = Comparator.comparing(GenerationId::value);

    private Answers() {}

    static List<TaskEnd> ends(Collection<TaskEnd> ends) {
        return ends.stream()
                .sorted(Comparator.comparing(TaskEnd::id, BY_ID).thenComparing(TaskEnd::run))
                .toList();
    }

    static List<TaskRef> refs(Collection<TaskRef> refs) {
        return refs.stream().sorted(Comparator.comparing(TaskRef::id, BY_ID)).toList();
    }

    static List<GenerationId> ids(Collection<GenerationId> ids) {
        return ids.stream().sorted(BY_ID).toList();
    }

    static Optional<Cancelled> cancelled(Optional<Cancelled> cancelled) {
        return cancelled.map(done -> new Cancelled(refs(done.cancelled()), ends(done.ends())));
    }

    static List<StoredTask> tasks(Collection<StoredTask> tasks) {
        return tasks.stream()
                .sorted(Comparator.comparing(task -> task.row().id(), BY_ID))
                .toList();
    }

    static List<TaskSummary> summaries(Collection<TaskSummary> tasks) {
        return tasks.stream()
                .sorted(Comparator.comparing(task -> task.row().id(), BY_ID))
                .toList();
    }
}
