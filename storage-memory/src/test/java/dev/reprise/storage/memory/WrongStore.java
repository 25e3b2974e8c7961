package dev.reprise.storage.memory;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.DelegatingTaskStore;
import dev.reprise.store.NewTask;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.Scope;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskQuery;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStore;
import dev.reprise.store.TaskSummary;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store that is right until a subclass makes it wrong, with its sessions and its submissions. */
abstract class WrongStore extends DelegatingTaskStore {

    WrongStore(TaskStore right) {
        super(right);
    }

    /** A session that may be wrong as well. */
    RunnerSession session(RunnerSession right) {
        return right;
    }

    /**
     * Stores a submission.
     *
     * @param claim how many are claimed; 0 when the app submits
     * @param right how to do it as is right
     */
    Submitted submit(Submission submission, int claim, Function<Submission, Submitted> right) {
        return right.apply(submission);
    }

    @Override
    public final RunnerSession open(RunnerSpec spec, Runnable wake) {
        return new DelegatingSession(session(super.open(spec, wake))) {
            @Override
            public Submitted submit(Submission submission, int claim) {
                return WrongStore.this.submit(submission, claim, some -> delegate.submit(some, claim));
            }
        };
    }

    @Override
    public final Submitted submit(Submission submission) {
        return submit(submission, 0, super::submit);
    }

    /** A task that can be seen, as it is; or null. */
    final @Nullable TaskRow row(GenerationId id) {
        return delegate().find(Scope.ALL, id).map(task -> task.row()).orElse(null);
    }

    /** All tasks that can be seen, as they are. */
    final List<TaskRow> rows() {
        var all = GenerationQuery.builder().limit(500).build();
        return delegate().list(new TaskQuery(Scope.ALL, all, null)).rows().stream()
                .map(TaskSummary::row)
                .toList();
    }

    static Submission with(Submission submission, UnaryOperator<NewTask> change) {
        return new Submission(
                submission.owner(),
                submission.batch(),
                submission.tasks().stream().map(change).toList());
    }
}
