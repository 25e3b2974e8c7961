package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;

/** A letter: a salutation, paragraphs without headings, a signature. */
final class Letter implements Form {

    private static final List<String> OPENINGS = List.of(
            "I am writing to you about %s, because I think you should hear of it from someone who knows it well.",
            "You asked me about %s the other day, and I promised to write it down properly.");
    private static final List<String> LEAD_INS =
            List.of("Let me start with this", "You will like this one", "I must not forget", "And since you asked");

    @Override
    public String write(Brief brief, long draw) {
        List<String> blocks = new ArrayList<>();
        blocks.add("Dear reader,");
        blocks.add(Form.pick(draw, OPENINGS).formatted(brief.title()));
        int told = 0;
        for (Topic topic : brief.topics()) {
            StringBuilder paragraph = new StringBuilder();
            if (!topic.heading().isEmpty()) {
                paragraph
                        .append("A word on ")
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
        blocks.add("Do write back and tell me what you think.");
        blocks.add("Yours sincerely,\nThe people behind " + brief.title());
        return new Passage(blocks).text();
    }
}
