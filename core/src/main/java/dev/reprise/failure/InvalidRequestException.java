package dev.reprise.failure;

import dev.reprise.display.CleanText;

/**
 * The caller gave something that cannot be accepted; nothing was stored or charged. Whoever wrote the calling code, or
 * typed the value, fixes it.
 */
public final class InvalidRequestException extends RepriseException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 120;

    private final String field;
    private final String value;

    /**
     * @param field the name of the field, as in the API
     * @param value the value that was given, shown cut after 120 characters; never a secret
     * @param expected what would be right, as in {@code must be 1 to 4}
     */
    public InvalidRequestException(String field, Object value, String expected) {
        super(field + " " + expected + ": " + shown(value));
        this.field = field;
        this.value = shown(value);
    }

    /** The name of the field, as in the API. */
    public String field() {
        return field;
    }

    /** The value that was given, as text, cut after 120 characters. */
    public String value() {
        return value;
    }

    private static String shown(Object value) {
        var text = String.valueOf(value);
        return text.length() <= MAX_SHOWN
                ? text
                : CleanText.cut(text, MAX_SHOWN) + "... (" + text.length() + " characters)";
    }
}
