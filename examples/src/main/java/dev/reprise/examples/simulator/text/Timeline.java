package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;

/** Numbered steps, one for each fact. */
final class Timeline implements Form {

    private static final List<String> STEPS = List.of("Next", "Then", "After that", "From there", "Meanwhile");
    private static final List<String> OPENINGS = List.of(
            "Take it one step at a time; each builds on the one before.",
            "From the first minute to the last, this is the order of things.");

    @Override
    public String write(Brief brief, long draw) {
        List<Fact> facts = brief.facts();
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            String content = fact.labelled() ? fact.sentence("") : Sentences.closed(fact.text());
            steps.add((i + 1) + ". **" + name(i, facts.size()) + ".** " + content);
        }
        return new Passage(List.of(
                        "# " + brief.title() + ", step by step", Form.pick(draw, OPENINGS), String.join("\n", steps)))
                .text();
    }

    private static String name(int step, int count) {
        if (step == 0) {
            return "To begin with";
        }
        return step == count - 1 ? "Finally" : STEPS.get((step - 1) % STEPS.size());
    }
}
