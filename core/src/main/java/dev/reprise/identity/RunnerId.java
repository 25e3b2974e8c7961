package dev.reprise.identity;

import dev.reprise.failure.InvalidRequestException;

/**
 * The incarnation of a runner: a new id at every start, so that a process that comes back is never taken for the one
 * that died.
 *
 * @param value 1 to 64 characters
 */
public record RunnerId(String value) {

    /** @throws InvalidRequestException when the value is blank or longer than 64 characters */
    public RunnerId {
        Ids.check("runnerId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
