package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;

/** A story: paragraphs and nothing else below the title. */
final class Narrative implements Form {

    private static final List<String> OPENINGS = List.of(
            "Every good story starts with a reason, and the story of %s is no exception.",
            "It began, as such things do, with one plain wish. What came of it is %s.",
            "Ask three people about %s and you will hear three stories. This is the one that is true.");
    private static final List<String> LEAD_INS = List.of(
            "What came first was this",
            "Then there is what people notice",
            "Look closer and you find more",
            "Nor does it end there",
            "And what stays in the mind is this");
    private static final List<String> ENDINGS = List.of(
            "That is the whole story, and the rest of it is yours to tell.",
            "The rest is what you make of it.",
            "And so it stands: nothing more than it needs, nothing less.");

    @Override
    public String write(Brief brief, long draw) {
        List<String> blocks = new ArrayList<>();
        blocks.add("# " + brief.title());
        blocks.add(Form.pick(draw, OPENINGS).formatted(brief.title()));
        int told = 0;
        for (Topic topic : brief.topics()) {
            StringBuilder paragraph = new StringBuilder();
            if (!topic.heading().isEmpty()) {
                paragraph
                        .append("Turn to ")
                        .append(Sentences.uncapitalised(topic.heading()))
                        .append(". ");
            }
            for (Fact fact : topic.facts()) {
                paragraph
                        .append(fact.sentence(LEAD_INS.get(told++ % LEAD_INS.size())))
                        .append(' ');
            }
            blocks.add(paragraph.toString().strip());
        }
        blocks.add(Form.pick(draw, ENDINGS));
        return new Passage(blocks).text();
    }
}
