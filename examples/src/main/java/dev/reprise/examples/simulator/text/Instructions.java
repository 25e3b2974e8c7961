package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an instruction as changes, clause by clause, and applies them one after the other. */
final class Instructions {

    private static final String COMMAND = "(?:make|add|mention|use|rename|title|turn|write|shorten|keep|change|give|"
            + "include|shorter|longer|warmer|friendlier|more|less|put|remove|call|set|slow|speed)\\b";
    private static final Pattern CLAUSES = Pattern.compile(
            "(?<=[.;!?])\\s+|\\s*\\n+\\s*|,?\\s+(?:and|then|also|but)\\s+(?:then\\s+|also\\s+)?(?=" + COMMAND + ")"
                    + "|,\\s+(?=" + COMMAND + ")",
            Pattern.CASE_INSENSITIVE);
    private static final String COLOUR = "(?!\\s+(?:colou?rs?|palette|light|tones\\b))";

    private static final List<Rule> RULES = List.of(
            rule(
                    "\\b(?:add|append|include)\\s+(?:in\\s+)?(?:an?\\s+|the\\s+|some\\s+|one\\s+)?(?:short\\s+|brief\\s+|"
                            + "new\\s+|final\\s+|closing\\s+|more\\s+)?(?:(?:sections?|paragraphs?|parts?|chapters?|notes?|words?|"
                            + "lines?|sentences?|details?|information|something|anything)\\s+)?"
                            + "(?:(?:about|on|for|covering|with|describing|called|of)\\s+)?(?<what>\\S.*)",
                    found -> new AddSection(found.group("what"))),
            rule(
                    "\\b(?:mention|say|state|point out|emphasi[sz]e|highlight|stress)\\s+(?:that\\s+|the fact that\\s+)?"
                            + "(?<what>\\S.*)",
                    found -> new Mention(found.group("what"))),
            rule(
                    "\\b(?:re)?(?:title|name|call)\\s+(?:it|this|the\\s+\\w+)?\\s*(?:to|as|:|should be|is)?\\s*"
                            + "[\"“'](?<what>.+?)[\"”'][.!]?$",
                    found -> new Retitle(found.group("what"))),
            rule(
                    "(?:^|\\b(?:change|set|make)\\s+the\\s+)(?:re)?(?:title|name)\\b(?:\\s+(?:it|this))?\\s*"
                            + "(?:to|as|:|should be|is)?\\s*(?<what>\\S.*)",
                    found -> new Retitle(found.group("what"))),
            rule("^call\\s+(?:it|this)\\s+(?<what>\\S.*)", found -> new Retitle(found.group("what"))),
            rule(
                    "\\b(?:as|into|in|use)\\s+(?:[\\w-]+\\s+){0,2}(?<what>bullet(?:ed|s)?(?:\\s+(?:points?|list))?|list|table|faq|"
                            + "questions(?: and answers)?|letter|e-?mail|steps|timeline|story|narrative)\\b.*",
                    found -> new Reshape(Shape.namedIn(found.group("what")).orElse(Shape.FACT_SHEET))),
            rule(
                    "\\b(?:short(?:er|en)|brief(?:er)?|conciser?|more concise|tighter|cut|trim|half the length)\\b.*",
                    found -> new Shorten()),
            rule(
                    "\\b(?:longer|expand|extend|elaborate|more detail(?:ed|s)?|in (?:more|greater) (?:detail|depth))\\b.*",
                    found -> new Lengthen()),
            rule(
                    "\\b(?:warm(?:er)?|friendl(?:y|ier)|cosier|kinder|softer|more personal)\\b" + COLOUR + ".*",
                    found -> new Retone(Tone.WARM)),
            rule("\\b(?:formal|professional|serious|businesslike|official)\\b.*", found -> new Retone(Tone.FORMAL)),
            rule(
                    "\\b(?:playful|funn(?:y|ier)|humorous|lighter|casual)\\b" + COLOUR + ".*",
                    found -> new Retone(Tone.PLAYFUL)));

    private Instructions() {}

    static String apply(String instruction, Passage text, Brief brief) {
        Passage changed = text;
        for (Change change : read(instruction, changed.hasCode())) {
            changed = change.applyTo(changed, brief);
        }
        return changed.text();
    }

    static List<Change> read(String instruction, boolean hasCode) {
        List<Change> changes = new ArrayList<>();
        Arrays.stream(CLAUSES.split(instruction.strip()))
                .map(Sentences::open)
                .filter(clause -> !clause.isEmpty())
                .forEach(clause -> {
                    Optional<Change> code = hasCode ? AdjustCode.in(clause) : Optional.empty();
                    code.ifPresent(changes::add);
                    changes.add(code.isPresent() ? new Address(clause) : prose(clause));
                });
        return changes;
    }

    private static Change prose(String clause) {
        return RULES.stream()
                .flatMap(rule -> rule.read(clause).stream())
                .findFirst()
                .orElseGet(() -> new Address(clause));
    }

    private static Rule rule(String pattern, Function<Matcher, Change> change) {
        return new Rule(Pattern.compile("(?i)" + pattern), change);
    }

    private record Rule(Pattern pattern, Function<Matcher, Change> change) {

        Optional<Change> read(String clause) {
            Matcher matcher = pattern.matcher(clause);
            return matcher.find() ? Optional.of(change.apply(matcher)) : Optional.empty();
        }
    }
}
