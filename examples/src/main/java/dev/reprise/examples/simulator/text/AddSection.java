package dev.reprise.examples.simulator.text;

import java.util.List;
import java.util.stream.Collectors;

/** Appends a section about something, built from what the brief says about it. */
record AddSection(String subject) implements Change {

    AddSection {
        subject = Sentences.open(subject);
    }

    @Override
    public Passage applyTo(Passage text, Brief brief) {
        List<Fact> related = brief.factsAbout(subject);
        String said = related.isEmpty()
                ? "Nothing about " + brief.title() + " is complete without " + subject
                        + ", so here it is in plain words: you can ask for it, plan with it and rely on it."
                : "On " + subject + ", this much is settled. "
                        + related.stream()
                                .limit(3)
                                .map(fact -> fact.sentence("To the point"))
                                .collect(Collectors.joining(" "));
        return text.closed("## " + Sentences.capitalised(subject), said);
    }
}
