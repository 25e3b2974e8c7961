package dev.reprise.failure;

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
        if (text.length() <= MAX_SHOWN) {
            return text;
        }
        // Half a character must not be left at the end.
        int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
        return text.substring(0, end) + "... (" + text.length() + " characters)";
    }
}
