package dev.reprise.examples.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to a request, before a dialect gives it its shape.
 *
 * @param id what tells this answer from others, without a dialect's prefix
 */
record Reply(String id, Ask ask, Limits.Ending ending) {

    private static final Pattern PIECE = Pattern.compile("(?s)\\s*\\S+(?:\\s+\\S+){0,3}\\s*?");

    String text() {
        return ending.text();
    }

    int inputTokens() {
        return Tokens.of(ask.conversation());
    }

    int outputTokens() {
        return Tokens.of(text());
    }

    /** The text in pieces of a few words, which put together are the text again. */
    List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = PIECE.matcher(text());
        int end = 0;
        while (matcher.find()) {
            pieces.add(matcher.group());
            end = matcher.end();
        }
        if (end < text().length()) {
            pieces.add(text().substring(end));
        }
        return pieces;
    }
}
