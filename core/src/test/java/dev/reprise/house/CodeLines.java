package dev.reprise.house;

/** Counts a Java file's lines of code: those that hold something besides blanks and comments. */
final class CodeLines {
    private static final String TEXT_BLOCK = "\"\"\"";

    private final String text;
    private int at;
    private int lines;
    private boolean code;

    private CodeLines(String text) {
        this.text = text;
    }

    static int count(String source) {
        return new CodeLines(source.endsWith("\n") ? source : source + "\n").scan();
    }

    private int scan() {
        while (at < text.length()) {
            if (text.startsWith("//", at)) {
                at = text.indexOf('\n', at);
            } else if (text.startsWith("/*", at)) {
                skipTo("*/", false);
            } else if (text.startsWith(TEXT_BLOCK, at)) {
                skipTo(TEXT_BLOCK, true);
            } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
                skipTo(text.substring(at, at + 1), true);
            } else {
                take(!Character.isWhitespace(text.charAt(at)));
            }
        }
        return lines;
    }

    /** Takes an opening of the same length as {@code end}, then everything up to and with {@code end}. */
    private void skipTo(String end, boolean counts) {
        take(end.length(), counts);
        while (at < text.length() && !text.startsWith(end, at)) {
            boolean escape = counts && text.charAt(at) == '\\';
            take(escape ? 2 : 1, counts);
        }
        take(end.length(), counts);
    }

    private void take(int characters, boolean counts) {
        for (int i = 0; i < characters && at < text.length(); i++) {
            take(counts);
        }
    }

    private void take(boolean counts) {
        boolean newline = text.charAt(at) == '\n';
        code |= counts && !newline;
        if (newline) {
            lines += code ? 1 : 0;
            code = false;
        }
        at++;
    }
}
