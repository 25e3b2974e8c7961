package dev.reprise.failure;

/**
 * What every store keeps as it is: refused alike by all of them, before anything is stored. Columns of text may not hold
 * U+0000, which PostgreSQL does not take; nothing may hold half a character, which UTF-8 cannot: it would be stored and
 * sent as a question mark, and be another's name then.
 */
public final class StorableText {

    private StorableText() {}

    /**
     * Checks a name, a key or an id, which stands in a column of its own.
     *
     * @param field the name of the field, as in the API
     * @throws InvalidRequestException when it holds U+0000 or half a character
     */
    public static void checkName(String field, String value) {
        int at = value.indexOf('\0');
        if (at >= 0) {
            throw new InvalidRequestException(field, "U+0000 at " + at, "must be text without U+0000");
        }
        checkText(field, value);
    }

    /**
     * Checks a text of any other kind.
     *
     * @param field the name of the field, as in the API
     * @throws InvalidRequestException when it holds half a character
     */
    public static void checkText(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                if (Character.charCount(value.codePointAt(i)) == 1) {
                    throw new InvalidRequestException(
                            field, "half a character at " + i, "must be text with whole surrogate pairs");
                }
                i++;
            }
        }
    }
}
