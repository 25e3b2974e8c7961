package dev.reprise.json;

/**
 * Looks a JSON text over once before it is read, so that reading it is work in proportion to its length: the reader
 * below takes time by the square of a number's digits and of a run of blanks. Says nothing about the syntax.
 */
final class JsonScan {

    /** No number of a provider, a model or a row is near it. */
    private static final int MAX_NUMBER = 1_000;

    private static final int MAX_BLANKS = 1 << 16;

    /** About what an object, a list, a member, an item and a text take beside their content. */
    private static final int OBJECT = 64;

    private static final int MEMBER = 100;
    private static final int ITEM = 64;
    private static final int TEXT = 64;

    private final byte[] utf8;
    private int at;
    private long memory;

    private JsonScan(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * Refuses what would take long to read.
     *
     * @throws JsonFormatException when a number or a run of blanks is too long
     */
    static void check(byte[] utf8) {
        var scan = new JsonScan(utf8);
        scan.run(true);
    }

    /** About how many bytes of memory the tree takes, at most. */
    static long memory(byte[] utf8) {
        var scan = new JsonScan(utf8);
        scan.run(false);
        return scan.memory;
    }

    private void run(boolean strict) {
        while (at < utf8.length) {
            byte b = utf8[at];
            if (b == '"') {
                text();
            } else if (isBlank(b)) {
                int length = length(JsonScan::isBlank);
                refuse(strict && length > MAX_BLANKS, "more than " + MAX_BLANKS + " blanks in a row");
            } else if (isNumber(b)) {
                int length = length(JsonScan::isNumber);
                refuse(strict && length > MAX_NUMBER, "a number of more than " + MAX_NUMBER + " characters");
            } else {
                memory += switch (b) {
                    case '{', '[' -> OBJECT;
                    case ':' -> MEMBER;
                    case ',' -> ITEM;
                    default -> 0;
                };
                at++;
            }
        }
    }

    /** Passes over a text; a character may take two bytes however it is written. */
    private void text() {
        int start = at++;
        while (at < utf8.length && utf8[at] != '"') {
            at += utf8[at] == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, utf8.length);
        memory += TEXT + 2L * (at - start);
    }

    private int length(Members of) {
        int start = at;
        while (at < utf8.length && of.has(utf8[at])) {
            at++;
        }
        return at - start;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static boolean isNumber(byte b) {
        return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new JsonFormatException(message);
        }
    }

    private interface Members {
        boolean has(byte b);
    }
}
