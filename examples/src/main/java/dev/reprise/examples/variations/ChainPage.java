package dev.reprise.examples.variations;

import static dev.reprise.examples.variations.Wording.count;

import dev.reprise.examples.command.Durations;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.Generation;
import org.jspecify.annotations.Nullable;

/** The chain as a page of Markdown: what each step was asked for, what it took, and what it changed. */
final class ChainPage {

    private static final String FENCE = "~~~~";

    private ChainPage() {}

    static String of(Job.Results results) {
        var page = new StringBuilder("# The chain, root first\n");
        if (results.steps().isEmpty()) {
            return page.append("\nNo variation succeeded, so nothing was refined.\n")
                    .toString();
        }
        String before = null;
        int number = 0;
        for (Generation step : results.steps()) {
            page.append("\n## ")
                    .append(++number)
                    .append(". ")
                    .append(Report.title(step))
                    .append("\n\n");
            facts(page, step);
            var result = step.result();
            if (result == null) {
                var failure = step.failure();
                page.append("\nFailed: ")
                        .append(failure == null ? step.state() : failure.userMessage())
                        .append('\n');
            } else {
                body(page, before, result.output());
                before = result.output();
            }
        }
        return page.toString();
    }

    private static void facts(StringBuilder page, Generation step) {
        page.append("Generation `")
                .append(step.id())
                .append("`, ")
                .append(Wording.took(step))
                .append(", ");
        page.append(count(step.attempts().size(), "attempt")).append(", ").append(Wording.tokens(step.usage()));
        page.append(".\n\n| attempt | took | outcome | waited afterwards |\n|---|---|---|---|\n");
        for (Attempt attempt : step.attempts()) {
            var delay = attempt.delay();
            page.append("| ")
                    .append(attempt.number())
                    .append(" | ")
                    .append(Wording.took(attempt))
                    .append(" | ");
            page.append(Wording.outcome(attempt)).append(" | ");
            page.append(delay == null ? "" : Durations.show(delay)).append(" |\n");
        }
    }

    private static void body(StringBuilder page, @Nullable String before, String output) {
        page.append('\n');
        if (before == null) {
            output.lines().forEach(line -> page.append("> ").append(line).append('\n'));
            return;
        }
        page.append(FENCE).append("diff\n");
        LineDiff.of(before, output).shown().forEach(line -> page.append(line).append('\n'));
        page.append(FENCE).append('\n');
    }
}
