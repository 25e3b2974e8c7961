package dev.reprise.identity;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StorableText;

/** What an id may look like. */
final class Ids {

    private static final int MAX_LENGTH = 64;

    private Ids() {}

    static void check(String field, String value) {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new InvalidRequestException(field, value, "must have 1 to " + MAX_LENGTH + " characters");
        }
        StorableText.checkName(field, value);
    }
}
