package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;

/** An answer in several parts, each behind the marker the prompt gave it. */
final class SectionedText {

    private static final List<String> OPENINGS = List.of(
            "This part deals with %s, and with that alone.",
            "Here is %s, told from the start.", "Now for %s.", "A few words on %s before we move on.");

    private SectionedText() {}

    static String write(SectionRequest request, Brief brief, long draw) {
        if (request.separator()) {
            List<String> sections = new ArrayList<>();
            for (int i = 0; i < request.names().size(); i++) {
                sections.add(section(request.names(), i, brief, draw));
            }
            return String.join("\n\n" + request.markers().get(0) + "\n\n", sections);
        }
        List<String> blocks = new ArrayList<>();
        for (int i = 0; i < request.markers().size(); i++) {
            blocks.add(request.markers().get(i));
            if (!SectionRequest.isEnd(request.markers().get(i))) {
                blocks.add(section(request.names(), i, brief, draw));
            }
        }
        return String.join("\n\n", blocks);
    }

    private static String section(List<String> names, int index, Brief brief, long draw) {
        List<Fact> facts = brief.facts().stream()
                .filter(fact -> !names.contains(fact.text()))
                .toList();
        String readable = names.get(index).replaceAll("[_-]+", " ");
        StringBuilder text = new StringBuilder("## ")
                .append(Sentences.capitalised(readable))
                .append("\n\n")
                .append(Form.pick(draw + index, OPENINGS).formatted(readable));
        for (int i = 0; i < Math.min(3, facts.size()); i++) {
            text.append(' ').append(facts.get((index + i) % facts.size()).sentence("Keep in mind"));
        }
        return text.append(" Part of: ").append(title(brief)).append('.').toString();
    }

    /** The brief's title, unless it is but a wish for sections. */
    private static String title(Brief brief) {
        return brief.title().matches("(?i).*\\b(?:sections?|parts?)\\b.*") ? "the whole" : brief.title();
    }
}
