package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;

/** Questions as headings, each with its answer. */
final class Faq implements Form {

    private static final List<String> QUESTIONS = List.of(
            "What should I know first?",
            "What makes it different?",
            "What will I notice?",
            "Is there more to it?",
            "What do people ask about most?",
            "What is easily missed?");

    @Override
    public String write(Brief brief, long draw) {
        List<String> blocks = new ArrayList<>();
        blocks.add("# Questions about " + brief.title());
        int asked = StableHash.index(QUESTIONS.size(), draw);
        for (Topic topic : brief.topics()) {
            for (Fact fact : topic.facts()) {
                blocks.add("### " + (fact.labelled() ? about(fact) : next(asked++, topic)));
                blocks.add(fact.sentence("In short"));
            }
        }
        blocks.add("### Where can I ask something else?");
        blocks.add("Right here: a question not answered above is one worth sending.");
        return new Passage(blocks).text();
    }

    private static String about(Fact fact) {
        return "What" + fact.verb() + fact.subject() + "?";
    }

    private static String next(int asked, Topic topic) {
        return topic.heading().isEmpty()
                ? QUESTIONS.get(asked % QUESTIONS.size())
                : topic.heading() + ": " + Sentences.uncapitalised(QUESTIONS.get(asked % QUESTIONS.size()));
    }
}
