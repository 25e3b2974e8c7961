package dev.reprise.identity;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StorableText;

/**
 * The app's user that a task, a batch or an asset belongs to. Never null: what belongs to nobody belongs to
 * {@link #NONE}, so that unique keys per owner work on every database.
 *
 * @param value 1 to 100 characters
 */
public record Owner(String value) {

    /** The reserved owner of what an unscoped client creates. */
    public static final Owner NONE = new Owner("-");

    private static final int MAX_LENGTH = 100;

    /** @throws InvalidRequestException when the value is blank or longer than 100 characters */
    public Owner {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new InvalidRequestException("owner", value, "must have 1 to " + MAX_LENGTH + " characters");
        }
        StorableText.checkName("owner", value);
    }

    /**
     * The owner of an app's user.
     *
     * @throws InvalidRequestException when the value is blank, too long, or the reserved {@code "-"}
     */
    public static Owner of(String value) {
        if (value.equals(NONE.value)) {
            throw new InvalidRequestException("owner", value, "must not be the reserved name for no owner");
        }
        return new Owner(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
