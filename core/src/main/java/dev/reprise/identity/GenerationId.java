package dev.reprise.identity;

import dev.reprise.failure.InvalidRequestException;

/**
 * The id of a generation, unique in its store.
 *
 * @param value 1 to 64 characters
 */
public record GenerationId(String value) {

    /** @throws InvalidRequestException when the value is blank or longer than 64 characters */
    public GenerationId {
        Ids.check("generationId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
