package dev.reprise.examples.simulator.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The shapes a brief can be written up in; no two share their structure. */
enum Shape {
    NARRATIVE("story|narrative|scene|anecdote|prose"),
    FAQ("faq|questions?|q&a|interview|objections?"),
    FACT_SHEET("bullets?|bullet points?|bulleted|fact sheet|list|specifications?|features?"),
    TIMELINE("timeline|steps?|step-by-step|how[- ]to|journey|chronolog\\w*"),
    LETTER("letter|personal|e-?mail|testimonial"),
    TABLE("table|comparison|compare|matrix|grid");

    static final List<Shape> ALL = List.of(values());

    private final Pattern names;

    Shape(String names) {
        this.names = Pattern.compile("(?i)\\b(?:" + names + ")\\b");
    }

    static Optional<Shape> namedIn(String text) {
        return ALL.stream().filter(shape -> shape.names.matcher(text).find()).findFirst();
    }

    /** The shape at a place in {@link #ALL}, which begins anew after its end. */
    static Shape at(long place) {
        return ALL.get((int) Math.floorMod(place, (long) ALL.size()));
    }

    /** The shape's place in {@link #ALL}. */
    int place() {
        return ALL.indexOf(this);
    }

    String write(Brief brief, long draw) {
        return form().write(brief, draw);
    }

    private Form form() {
        return switch (this) {
            case NARRATIVE -> new Narrative();
            case FAQ -> new Faq();
            case FACT_SHEET -> new FactSheet();
            case TIMELINE -> new Timeline();
            case LETTER -> new Letter();
            case TABLE -> new FactTable();
        };
    }
}
