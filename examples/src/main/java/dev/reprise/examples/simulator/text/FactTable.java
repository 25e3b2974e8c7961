package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;

/** A table with a row for each fact. */
final class FactTable implements Form {

    static final String LABEL_HEAD = "Point";

    private static final List<String> OPENINGS =
            List.of("Everything side by side, with no words wasted.", "One row for each thing worth knowing.");

    @Override
    public String write(Brief brief, long draw) {
        List<String> rows = new ArrayList<>(List.of("| " + LABEL_HEAD + " | Detail |", "|---|---|"));
        int number = 0;
        for (Fact fact : brief.facts()) {
            number++;
            rows.add("| " + cell(fact.labelled() ? fact.label() : Integer.toString(number)) + " | " + cell(fact.text())
                    + " |");
        }
        return new Passage(List.of(
                        "# " + brief.title() + ": overview", Form.pick(draw, OPENINGS), String.join("\n", rows)))
                .text();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
