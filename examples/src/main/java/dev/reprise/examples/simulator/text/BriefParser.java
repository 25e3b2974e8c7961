package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a prompt as a brief: Markdown headings, bullets, table rows, {@code key: value} lines and plain sentences.
 *
 * <p>Sentences that tell the writer what to do ("Write ...", "Keep it short") are directions and no facts; they only
 * lend their subject where the prompt says nothing else.
 */
final class BriefParser {

    private static final Pattern HEADING = Pattern.compile("#+\\s+(.+)");
    private static final Pattern BULLET = Pattern.compile("(?:[-*•]|\\d+[.)])\\s+(.+)");
    private static final Pattern LABELLED = Pattern.compile("([\\p{L}][^:.!?]{0,40}):\\s+(\\S.*)");
    private static final Pattern LIST_HEAD = Pattern.compile("([^:.!?]{1,60}):");
    private static final Pattern ROW = Pattern.compile("\\|\\s*(.+?)\\s*\\|\\s*(.+?)\\s*\\|");
    private static final Pattern TITLE_LABEL = Pattern.compile("(?i)title|name|product|subject|topic|project");

    private final List<Topic> topics = new ArrayList<>();
    private final List<Direction> directions = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private String heading = "";
    private String title = "";

    private BriefParser() {}

    static Brief parse(String prompt) {
        BriefParser parser = new BriefParser();
        Passage.of(SectionRequest.withoutMarkers(Angle.without(prompt))).blocks().stream()
                .filter(block -> !Passage.isCode(block))
                .flatMap(String::lines)
                .map(line -> line.strip().replaceAll("\\*\\*|`", ""))
                .filter(line -> !line.isEmpty())
                .forEach(parser::line);
        return parser.brief();
    }

    private void line(String line) {
        Matcher top = HEADING.matcher(line);
        Matcher bullet = BULLET.matcher(line);
        Matcher row = ROW.matcher(line);
        Matcher labelled = LABELLED.matcher(line);
        Matcher listHead = LIST_HEAD.matcher(line);
        if (top.matches()) {
            head(top.group(1), title.isEmpty());
        } else if (bullet.matches()) {
            fact(bullet.group(1));
        } else if (row.matches()) {
            row(row.group(1), row.group(2));
        } else if (labelled.matches() && !directs(labelled.group(1))) {
            fact(line);
        } else if (listHead.matches() && !Direction.in(line)) {
            head(listHead.group(1), false);
        } else {
            Sentences.of(line).forEach(this::sentence);
        }
    }

    /** Whether a label is the start of a direction ("Write about: ...") and not a word such as "Design". */
    private static boolean directs(String label) {
        return label.indexOf(' ') > 0 && Direction.in(label);
    }

    private void head(String text, boolean isTitle) {
        if (isTitle) {
            title = Sentences.open(text);
        } else {
            finishTopic();
            heading = Sentences.open(text);
        }
    }

    private void fact(String text) {
        if (text.chars().noneMatch(Character::isLetterOrDigit)) {
            return;
        }
        Matcher labelled = LABELLED.matcher(text);
        if (!labelled.matches()) {
            facts.add(Fact.of(text));
            return;
        }
        facts.add(new Fact(labelled.group(1), labelled.group(2)));
        if (title.isEmpty() && TITLE_LABEL.matcher(labelled.group(1)).matches()) {
            title = Sentences.open(labelled.group(2));
        }
    }

    private void row(String label, String text) {
        if (!text.matches("[-: ]+") && !label.equals(FactTable.LABEL_HEAD)) {
            facts.add(label.matches("\\d+") ? Fact.of(text) : new Fact(label, text));
        }
    }

    private void sentence(String sentence) {
        if (Direction.in(sentence)) {
            directions.add(new Direction(sentence));
        } else {
            fact(sentence);
        }
    }

    private void finishTopic() {
        if (!facts.isEmpty()) {
            topics.add(new Topic(heading, facts));
            facts.clear();
        }
    }

    private Brief brief() {
        finishTopic();
        if (topics.isEmpty()) {
            List<Fact> asked = directions.stream()
                    .map(direction -> Fact.of(direction.wanted()))
                    .toList();
            topics.add(new Topic("", asked.isEmpty() ? List.of(Fact.of("Nothing was asked for")) : asked));
        }
        if (title.isEmpty()) {
            title = directions.isEmpty()
                    ? Sentences.firstWords(topics.get(0).facts().get(0).text(), 8)
                    : directions.get(0).subject();
        }
        return new Brief(title, topics);
    }
}
