package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;

/** Adds a section that takes each fact of the brief further. */
record Lengthen() implements Change {

    private static final List<String> HEADINGS =
            List.of("## In more detail", "## Further detail", "## And there is more", "## Beyond that");
    private static final List<String> ELABORATIONS = List.of(
            "That is worth a second look, because it decides how %s is lived with from day to day.",
            "It sounds like a small thing; after a week with %s it no longer does.",
            "Compare that with what you are used to, and the point of %s becomes plain.",
            "Few would have asked for it, and few would give it back once %s has shown them.");

    @Override
    public Passage applyTo(Passage text, Brief brief) {
        List<String> added = new ArrayList<>();
        added.add(HEADINGS.stream()
                .filter(heading -> !text.blocks().contains(heading))
                .findFirst()
                .orElse("## Once more"));
        int told = 0;
        for (Fact fact : brief.facts()) {
            added.add(fact.sentence("To go further") + " "
                    + ELABORATIONS.get(told++ % ELABORATIONS.size()).formatted(brief.title()));
        }
        return text.closed(added.toArray(String[]::new));
    }
}
