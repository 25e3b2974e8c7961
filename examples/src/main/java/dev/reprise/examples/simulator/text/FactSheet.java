package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A bulleted sheet: a heading for each topic, a bullet for each fact. */
final class FactSheet implements Form {

    private static final List<String> HEADINGS = List.of("Key facts", "At a glance", "The essentials");

    @Override
    public String write(Brief brief, long draw) {
        List<String> blocks = new ArrayList<>();
        blocks.add("# " + brief.title() + ": fact sheet");
        for (Topic topic : brief.topics()) {
            blocks.add("## " + topic.headingOr(Form.pick(draw, HEADINGS)));
            blocks.add(topic.facts().stream().map(FactSheet::bullet).collect(Collectors.joining("\n")));
        }
        return new Passage(blocks).text();
    }

    private static String bullet(Fact fact) {
        return fact.labelled() ? "- **" + fact.label() + ":** " + fact.text() : "- " + fact.text();
    }
}
