package dev.reprise.identity;

import dev.reprise.failure.InvalidRequestException;

/**
 * The id of a batch, unique in its store.
 *
 * @param value 1 to 64 characters
 */
public record BatchId(String value) {

    /** @throws InvalidRequestException when the value is blank or longer than 64 characters */
    public BatchId {
        Ids.check("batchId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
