package dev.reprise.examples.simulator.text;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The shapes a brief can be written up in; no two share their structure. */
enum Shape {
    NARRATIVE("story|narrative|scene|anecdote|prose", new Narrative()),
    FAQ("faq|questions?|q&a|interview|objections?", new Faq()),
    FACT_SHEET("bullets?|bullet points?|bulleted|fact sheet|list|specifications?|features?", new FactSheet()),
    TIMELINE("timeline|steps?|step-by-step|how[- ]to|journey|chronolog\\w*", new Timeline()),
    LETTER("letter|personal|e-?mail|testimonial", new Letter()),
    TABLE("table|comparison|compare|matrix|grid", new FactTable());

    private final Pattern names;
    private final Form form;

    Shape(String names, Form form) {
        this.names = Pattern.compile("(?i)\\b(?:" + names + ")\\b");
        this.form = form;
    }

    static Optional<Shape> namedIn(String text) {
        return Arrays.stream(values())
                .filter(shape -> shape.names.matcher(text).find())
                .findFirst();
    }

    String write(Brief brief, long draw) {
        return form.write(brief, draw);
    }
}
