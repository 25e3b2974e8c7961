package dev.reprise.examples.command;

/** Text that a model wrote, fit for a terminal: it may hold what moves the cursor, hides text or turns its direction. */
public final class PlainText {

    private PlainText() {}

    /** The text without control characters; lines and tabs stay. */
    public static String shown(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints().filter(point -> !acts(point)).forEach(shown::appendCodePoint);
        return shown.toString();
    }

    /** JSON in which control characters of every kind are escaped, where its writer escapes those of ASCII alone. */
    public static String escaped(String json) {
        var escaped = new StringBuilder(json.length());
        json.codePoints().forEach(point -> {
            if (acts(point)) {
                for (char c : Character.toChars(point)) {
                    escaped.append(String.format("\\u%04x", (int) c));
                }
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }

    private static boolean acts(int point) {
        int type = Character.getType(point);
        return type == Character.FORMAT || (type == Character.CONTROL && point != '\n' && point != '\t');
    }
}
