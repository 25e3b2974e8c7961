package dev.reprise.display;

import org.jspecify.annotations.Nullable;

/**
 * Text that somebody else wrote as a line that does nothing to a log, a terminal or a row: no line feeds, no control
 * characters of any plane, no escape sequences, nothing that turns the direction of what follows, no halves of characters.
 */
public final class CleanText {

    /** The longest code, id or word of a provider. */
    public static final int MAX_WORD = 200;

    private static final char ESCAPE = '\u001b';
    private static final char SEQUENCE = '\u009b';
    private static final char UNKNOWN = '\ufffd';

    private CleanText() {}

    /** The text on one line, cut after some characters. */
    public static String line(String text, int most) {
        return cut(line(text), most);
    }

    /** A provider's code, id or word on one line, cut after {@link #MAX_WORD} characters; null stays null. */
    public static @Nullable String word(@Nullable String text) {
        return text == null ? null : line(text, MAX_WORD);
    }

    /** The text on one line. */
    public static String line(String text) {
        var line = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); ) {
            int sequence = sequence(text, i);
            if (sequence > 0) {
                i += sequence;
                continue;
            }
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            int type = Character.getType(point);
            if (isBlank(point, type)) {
                blank = true;
            } else if (type != Character.FORMAT) {
                if (blank && !line.isEmpty()) {
                    line.append(' ');
                }
                blank = false;
                line.appendCodePoint(type == Character.SURROGATE ? UNKNOWN : point);
            }
        }
        return line.toString();
    }

    /** At most so many characters of a text, and no half of one at the end. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** The same, with three dots in the place of what is left out. */
    public static String shortened(String text, int most) {
        return text.length() <= most ? text : cut(text, most) + "...";
    }

    private static boolean isBlank(int point, int type) {
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SPACE_SEPARATOR
                || Character.isWhitespace(point);
    }

    /** The length of the terminal's control sequence that begins here (ECMA-48, section 5.4), or 0. */
    private static int sequence(String text, int start) {
        int at = start;
        if (text.charAt(at) == ESCAPE && at + 1 < text.length() && text.charAt(at + 1) == '[') {
            at += 2;
        } else if (text.charAt(at) == SEQUENCE) {
            at++;
        } else {
            return 0;
        }
        while (at < text.length() && text.charAt(at) >= ' ' && text.charAt(at) < '@') {
            at++;
        }
        boolean ended = at < text.length() && text.charAt(at) < '\u007f' && text.charAt(at) >= '@';
        return (ended ? at + 1 : at) - start;
    }
}
