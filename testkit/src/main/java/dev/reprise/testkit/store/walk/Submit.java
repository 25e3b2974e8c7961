package dev.reprise.testkit.store.walk;

import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stores a submission.
 *
 * @param who the runner that submits and claims, or null for the app
 * @param claim how many it claims
 * @param submission what
 */
record Submit(@Nullable Who who, int claim, Submission submission) implements Operation {

    @Override
    public Object on(Side side) {
        if (who == null) {
            return side.store().submit(submission);
        }
        var runner = side.runner(who);
        return runner == null ? Answers.NOT_ASKED : runner.session().submit(submission, claim);
    }

    @Override
    public List<Operation> simpler() {
        var simpler = new ArrayList<>(Fewer.of(submission.tasks(), some -> with(Plainer.renumbered(some))));
        for (int i = 0; i < submission.tasks().size(); i++) {
            for (var plainer : Plainer.than(submission.tasks().get(i))) {
                var tasks = new ArrayList<>(submission.tasks());
                tasks.set(i, plainer);
                simpler.add(with(tasks));
            }
        }
        if (who != null && claim == 0) {
            simpler.add(new Submit(null, 0, submission));
        }
        return simpler;
    }

    private Submit with(List<NewTask> tasks) {
        return new Submit(who, claim, new Submission(submission.owner(), submission.batch(), tasks));
    }

    @Override
    public String toString() {
        var text = new StringBuilder("Submit[").append(submission.owner());
        if (who != null) {
            text.append(", ").append(who).append(" claims ").append(claim);
        }
        var batch = submission.batch();
        if (batch != null) {
            text.append(", ").append(text(batch));
        }
        return text.append(submission.tasks().stream()
                        .map(task -> Plainer.text(task, batch == null ? null : batch.id()))
                        .collect(Collectors.joining("; ", ": ", "]")))
                .toString();
    }

    private static String text(NewBatch batch) {
        return "batch " + batch.id()
                + (batch.label() == null ? "" : " label " + batch.label())
                + (batch.concurrency() == null ? "" : " concurrency " + batch.concurrency())
                + (batch.stopsOnFailure() ? " stops" : "");
    }
}
