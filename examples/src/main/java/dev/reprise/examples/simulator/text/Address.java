package dev.reprise.examples.simulator.text;

import java.util.List;
import java.util.regex.Pattern;

/** Answers an instruction of any other kind with a section that takes up its words. */
record Address(String instruction) implements Change {

    private static final List<Detail> DETAILS = List.of(
            new Detail("warm\\w*\\W+(?:\\w+\\W+)?(?:colou?r|palette|light)\\w*", "amber, terracotta and a soft gold"),
            new Detail("cool\\w*\\W+(?:\\w+\\W+)?(?:colou?r|palette|light)\\w*", "slate blue, mint and a clear white"),
            new Detail("colou?rs?|palette", "one strong colour, one quiet one and plenty of white"),
            new Detail("dark\\w*|night", "deep shadows, a single lamp and the sound of rain"),
            new Detail("child\\w*|kids?|famil(?:y|ies)", "short sentences, big pictures and something to count"),
            new Detail("music|sound\\w*|audio", "a slow piano at the start and strings once it opens up"),
            new Detail("urgen\\w*|deadline|sale|offer", "a date, a number of places and what happens afterwards"),
            new Detail("example\\w*|concrete|specific", "a Tuesday morning, two people and the moment it first helps"),
            new Detail("emotion\\w*|moving|touching", "a hand on a shoulder, a pause, and a word held back"),
            new Detail("cheap\\w*|price\\w*|budget|cost\\w*", "what it costs, what it saves and when the two meet"),
            new Detail("faster|fast|energetic|dynamic", "short cuts, strong verbs and no second thoughts"),
            new Detail("slow\\w*|calm\\w*|quiet\\w*", "long breaths, open space and nothing that blinks"));

    @Override
    public Passage applyTo(Passage text, Brief brief) {
        List<String> words = Words.of(instruction);
        String focus = words.isEmpty() ? Sentences.open(instruction) : String.join(", ", words);
        List<Fact> related = brief.factsAbout(instruction);
        Fact anchor = (related.isEmpty() ? brief.facts() : related)
                .stream()
                        .filter(fact -> !fact.text().equals(brief.title()))
                        .findFirst()
                        .orElse(Fact.of(brief.title()));
        StringBuilder section = new StringBuilder("You asked for this: ")
                .append(Sentences.closed(Sentences.uncapitalised(instruction)))
                .append(" From here on the words to go by are ")
                .append(focus)
                .append('.');
        DETAILS.stream()
                .filter(detail -> detail.in(instruction))
                .findFirst()
                .ifPresent(detail -> section.append(" In practice that means ")
                        .append(detail.text())
                        .append('.'));
        section.append(" What it is held against: ").append(Sentences.closed(anchor.text()));
        return text.closed("## " + heading(), section.toString());
    }

    private String heading() {
        return Sentences.capitalised(Sentences.firstWords(
                instruction.replaceFirst("(?i)^(?:please\\s+|can you\\s+|could you\\s+|make it\\s+)+", ""), 8));
    }

    private record Detail(Pattern pattern, String text) {

        Detail(String pattern, String text) {
            this(Pattern.compile("(?i)\\b(?:" + pattern + ")\\b"), text);
        }

        boolean in(String instruction) {
            return pattern.matcher(instruction).find();
        }
    }
}
