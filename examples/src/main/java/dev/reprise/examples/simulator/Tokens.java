package dev.reprise.examples.simulator;

import dev.reprise.examples.simulator.text.Conversation;

/** Token counts by the rule of thumb that four characters make a token. */
final class Tokens {

    private static final int CHARACTERS = 4;
    private static final int PER_MESSAGE = 3;

    private Tokens() {}

    static int of(String text) {
        return (text.length() + CHARACTERS - 1) / CHARACTERS;
    }

    static int of(Conversation conversation) {
        return conversation.turns().stream()
                .mapToInt(turn -> of(turn.text()) + PER_MESSAGE)
                .sum();
    }

    /** As much of a text as {@code tokens} hold, without half a character at its end. */
    static String first(String text, int tokens) {
        if (of(text) <= tokens) {
            return text;
        }
        int end = tokens * CHARACTERS;
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
