package dev.reprise.json;

/** A text is not the JSON that was expected. Never leaves the library. */
public final class JsonFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public JsonFormatException(String message) {
        super(message);
    }
}
