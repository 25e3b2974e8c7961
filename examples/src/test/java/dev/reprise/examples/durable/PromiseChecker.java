package dev.reprise.examples.durable;

import dev.reprise.examples.durable.Evidence.Claim;
import dev.reprise.examples.durable.TaskLine.Tried;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares what the store says with what the processes logged, promise by promise. */
final class PromiseChecker {

    private final Evidence evidence;
    private final Map<String, TaskLine> tasks;
    private final Map<Claim, List<CallLine>> calls;
    private final List<Violation> violations = new ArrayList<>();

    private PromiseChecker(Evidence evidence) {
        this.evidence = evidence;
        tasks = evidence.tasks().stream().collect(Collectors.toMap(TaskLine::id, Function.identity()));
        calls = evidence.callsByClaim();
    }

    /** All promises found broken, in no particular order. */
    static List<Violation> check(Evidence evidence) {
        var checker = new PromiseChecker(evidence);
        checker.checkLost();
        evidence.acknowledged().forEach(checker::checkAcknowledged);
        evidence.tasks().forEach(checker::checkTask);
        checker.calls.forEach(checker::checkCalls);
        checker.checkLiving();
        return List.copyOf(checker.violations);
    }

    private void checkLost() {
        var missing = new HashSet<>(evidence.submitted());
        missing.removeAll(tasks.keySet());
        missing.forEach(id -> broken(Promise.NOTHING_IS_LOST, id, "it is not in the store"));
    }

    private void checkAcknowledged(CallLine told) {
        var task = tasks.get(told.task());
        if (task == null || !task.state().name().equals(String.valueOf(told.outcome()))) {
            broken(
                    Promise.WHAT_WAS_ACKNOWLEDGED_STAYS,
                    told.task(),
                    "acknowledged as " + told.outcome() + ", and now " + (task == null ? "gone" : task.state()));
        }
    }

    private void checkTask(TaskLine task) {
        if (task.runner() != null || task.state() == TaskState.RUNNING || task.state() == TaskState.UPLOADING) {
            broken(Promise.NOBODY_HOLDS_ANYTHING, task.id(), task.state() + ", held by " + task.runner());
        }
        checkEnd(task);
        checkNumbers(task);
        task.attempts().forEach(attempt -> checkAttempt(task, attempt));
    }

    private void checkEnd(TaskLine task) {
        var outcomes = task.attempts().stream()
                .sorted(Comparator.comparingLong(Tried::epoch))
                .map(Tried::outcome)
                .filter(outcome -> outcome != AttemptOutcome.LATE) // may be closed after the task was done by another
                .toList();
        long successes = outcomes.stream()
                .filter(outcome -> outcome == AttemptOutcome.SUCCEEDED)
                .count();
        var last = outcomes.isEmpty() ? null : outcomes.get(outcomes.size() - 1);
        boolean fits = switch (task.state()) {
            case SUCCEEDED -> successes == 1 && last == AttemptOutcome.SUCCEEDED;
            case FAILED ->
                successes == 0
                        && (last == AttemptOutcome.FAILED
                                || (last == AttemptOutcome.UNKNOWN
                                        && Reason.CRASHED.code().equals(task.reason())));
            case CANCELLED, SKIPPED -> successes == 0;
            default -> false;
        };
        if (!fits) {
            broken(Promise.EVERY_TASK_ENDS_ONCE, task.id(), task.state() + " after " + outcomes);
        }
    }

    private void checkNumbers(TaskLine task) {
        Tried before = new Tried(0, 0, AttemptOutcome.UNKNOWN);
        for (Tried attempt : task.attempts()) {
            if (attempt.number() <= before.number() || attempt.epoch() <= before.epoch()) {
                broken(Promise.NUMBERS_GROW, task.id(), attempt + " after " + before);
            }
            before = attempt;
        }
        if (task.epoch() < before.epoch()) {
            broken(Promise.NUMBERS_GROW, task.id(), "its epoch is " + task.epoch() + " after " + before);
        }
    }

    private void checkAttempt(TaskLine task, Tried attempt) {
        var lines = calls.getOrDefault(new Claim(task.id(), attempt.epoch()), List.of());
        if (lines.isEmpty()) {
            if (attempt.outcome() != AttemptOutcome.UNKNOWN) {
                broken(Promise.AN_ATTEMPT_WITHOUT_A_CALL_IS_UNKNOWN, task.id(), attempt.toString());
            }
            return;
        }
        if (lines.stream().anyMatch(line -> line.attempt() != attempt.number())) {
            broken(Promise.EVERY_CALL_HAS_AN_ATTEMPT, task.id(), attempt + " was called as " + lines);
        }
        boolean told = attempt.outcome() == AttemptOutcome.SUCCEEDED || attempt.outcome() == AttemptOutcome.FAILED;
        if (told && lines.stream().noneMatch(line -> line.outcome() == attempt.outcome())) {
            broken(Promise.AN_OUTCOME_IS_WHAT_THE_CALL_BROUGHT, task.id(), attempt + " of " + lines);
        }
    }

    private void checkCalls(Claim claim, List<CallLine> lines) {
        var task = tasks.get(claim.task());
        boolean known = task != null && task.attempts().stream().anyMatch(attempt -> attempt.epoch() == claim.epoch());
        if (!known) {
            broken(Promise.EVERY_CALL_HAS_AN_ATTEMPT, claim.task(), "none for " + lines);
        }
        long begins = count(lines, CallLine.Event.BEGIN);
        long ends = count(lines, CallLine.Event.END);
        if (begins != 1 || ends > 1 || lines.get(0).event() != CallLine.Event.BEGIN) {
            broken(Promise.A_CLAIM_CALLS_ONCE, claim.task(), lines.toString());
        }
        if (task != null && begins > 0 && runAgain(task, claim, lines.get(0))) {
            broken(Promise.THE_COMPLETED_IS_NOT_RUN_AGAIN, claim.task(), lines + " after " + task.attempts());
        }
    }

    /** Whether a call began under a later claim than that of the success, or later than the success's call had ended. */
    private boolean runAgain(TaskLine task, Claim claim, CallLine begin) {
        return task.attempts().stream()
                .filter(attempt -> attempt.outcome() == AttemptOutcome.SUCCEEDED)
                .anyMatch(success -> claim.epoch() > success.epoch()
                        || calls.getOrDefault(new Claim(task.id(), success.epoch()), List.of()).stream()
                                .anyMatch(line -> line.event() == CallLine.Event.END
                                        && line.time().isBefore(begin.time())));
    }

    private void checkLiving() {
        for (var taken : evidence.taken()) {
            var kill = evidence.killOf(taken.from().pid());
            if (kill.isEmpty()) {
                broken(Promise.THE_LIVING_KEEP_THEIR_TASKS, taken.from().task(), "taken from a process never killed");
            } else if (taken.next()
                    .filter(next -> next.time().isBefore(kill.get().at()))
                    .isPresent()) {
                broken(Promise.THE_LIVING_KEEP_THEIR_TASKS, taken.from().task(), "begun elsewhere before the kill");
            }
        }
    }

    private static long count(List<CallLine> lines, CallLine.Event event) {
        return lines.stream().filter(line -> line.event() == event).count();
    }

    private void broken(Promise promise, String task, String what) {
        violations.add(new Violation(promise, task, what));
    }
}
