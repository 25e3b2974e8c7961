package dev.reprise.examples.variations;

import static dev.reprise.examples.variations.Wording.count;

import dev.reprise.examples.command.Durations;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Generation;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Prints what came of the job: the chain, and what it all took. */
record Report(PrintStream out, int columns) {

    private static final int CHANGES_SHOWN = 4;

    /** A line keeps its beginning unless both that and the rest of it are at least this long. */
    private static final int BEGINNING_SHOWN = 20;

    void print(Job.Results results, Duration elapsed) {
        if (!results.steps().isEmpty()) {
            out.println("The chain, root first");
            chain(results.steps());
            out.println();
        }
        total(results, elapsed);
    }

    private void chain(List<Generation> steps) {
        String before = null;
        int number = 0;
        for (Generation step : steps) {
            out.println();
            out.println("  " + ++number + ". " + title(step));
            out.println("     " + Wording.took(step) + ", "
                    + count(step.attempts().size(), "attempt") + ", " + Wording.tokens(step.usage()));
            step.attempts().forEach(this::attempt);
            var result = step.result();
            if (result != null && before != null) {
                changes(LineDiff.of(before, result.output()));
            }
            before = result == null ? before : result.output();
        }
    }

    /** What a step was asked for. */
    static String title(Generation step) {
        var instruction = step.instruction();
        if (instruction != null) {
            return "refinement: \"" + instruction + "\"";
        }
        var index = step.variationIndex();
        return "variation " + (index == null ? 1 : index + 1) + " of the brief";
    }

    private void attempt(Attempt attempt) {
        var delay = attempt.delay();
        out.println("       attempt " + attempt.number() + "  " + Wording.took(attempt) + "  "
                + Wording.outcome(attempt) + (delay == null ? "" : ", waited " + Durations.show(delay)));
    }

    private void changes(LineDiff diff) {
        out.println("     " + count(diff.with(LineDiff.Change.ADDED).size(), "line") + " added, "
                + diff.with(LineDiff.Change.REMOVED).size() + " removed");
        var removed = diff.with(LineDiff.Change.REMOVED);
        var changed = Stream.concat(
                        diff.with(LineDiff.Change.ADDED).stream().map(line -> "+ " + news(line, removed)),
                        removed.stream().map(line -> "- " + line))
                .toList();
        changed.stream().limit(CHANGES_SHOWN).forEach(line -> out.println("       " + Wording.cut(line, columns - 8)));
        if (changed.size() > CHANGES_SHOWN) {
            out.println("       and " + (changed.size() - CHANGES_SHOWN) + " more, in chain.md");
        }
    }

    /** An added line without its beginning, where that only repeats a line that was removed. */
    private static String news(String added, List<String> removed) {
        int same = removed.stream()
                .mapToInt(line -> commonBeginning(added, line))
                .max()
                .orElse(0);
        int word = added.lastIndexOf(' ', same) + 1;
        boolean worthIt = word >= BEGINNING_SHOWN && added.length() - word >= BEGINNING_SHOWN;
        return !worthIt ? added : "... " + added.substring(word);
    }

    private static int commonBeginning(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    private void total(Job.Results results, Duration elapsed) {
        var all = Stream.concat(results.variations().generations().stream(), results.refinements().stream())
                .toList();
        long succeeded =
                all.stream().filter(one -> one.state() == TaskState.SUCCEEDED).count();
        var attempts = all.stream().flatMap(one -> one.attempts().stream()).toList();
        long failed = attempts.stream()
                .filter(attempt -> attempt.outcome() != AttemptOutcome.SUCCEEDED)
                .count();
        var usage = all.stream().map(Generation::usage).reduce(Usage.NONE, Usage::plus);
        out.println("In all " + succeeded + " of " + count(all.size(), "generation") + " succeeded, in "
                + count(attempts.size(), "attempt") + " of which " + failed + " failed; " + Wording.tokens(usage) + "; "
                + Durations.show(elapsed) + ".");
    }
}
