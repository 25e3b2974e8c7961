package dev.reprise.examples.simulator.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sentence of a prompt that tells the writer what to do. */
record Direction(String sentence) {

    private static final String VERBS = "write|create|make|generate|produce|compose|draft|describe|explain|design|"
            + "return|answer|use|keep|give|tell|include|avoid|respond|output|build|animate|render|show|summari[sz]e|"
            + "turn|begin|start|end|put|separate|do not|don't|never|always|act as|imagine|cover|mark|reply|limit|"
            + "follow|stay|only";
    private static final Pattern DIRECTION = Pattern.compile("(?i)(?:please\\s+)?(?:you are\\b|your task|each\\s+"
            + "(?:section|part)|every\\s+(?:section|part)|(" + VERBS + ")\\b)\\s*(.*)");
    private static final Pattern WHOLE = Pattern.compile("(?i)describe|explain|design|animate|show|render");
    private static final Pattern ABOUT = Pattern.compile("(?i).*?\\b(?:about|for|of|on)\\s+(.+)");

    static boolean in(String sentence) {
        return DIRECTION.matcher(sentence.strip()).matches();
    }

    /** What is wanted: the sentence without its verb. */
    String wanted() {
        Matcher matcher = DIRECTION.matcher(sentence.strip());
        String rest = matcher.matches() ? matcher.group(2) : sentence;
        return Sentences.open(rest.chars().noneMatch(Character::isLetterOrDigit) ? sentence : rest);
    }

    /** What it is about: "a lamp" of "Write a poem about a lamp". */
    String subject() {
        Matcher matcher = DIRECTION.matcher(sentence.strip());
        boolean whole = matcher.matches()
                && matcher.group(1) != null
                && WHOLE.matcher(matcher.group(1)).matches();
        Matcher about = ABOUT.matcher(wanted());
        return Sentences.capitalised(Sentences.firstWords(!whole && about.matches() ? about.group(1) : wanted(), 12));
    }
}
