package dev.reprise.provider;

import dev.reprise.failure.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * What a model takes, as far as is known.
 *
 * @param model the model's name, or a prefix of a family's names
 * @param temperature whether it takes a temperature
 * @param outputCap the most output tokens it can be asked for, at least 1, or null when unknown
 */
public record ModelProfile(
        String model, Support temperature, @Nullable Integer outputCap) {

    /** @throws InvalidRequestException when the name is blank or the cap is below 1 */
    public ModelProfile {
        if (model.isBlank()) {
            throw new InvalidRequestException("profile.model", model, "must not be blank");
        }
        if (outputCap != null && outputCap < 1) {
            throw new InvalidRequestException("profile.outputCap", outputCap, "must be at least 1");
        }
    }

    /** A model nobody described. */
    public static ModelProfile unknown(String model) {
        return new ModelProfile(model, Support.UNKNOWN, null);
    }

    /** The same model with another word on temperature. */
    public ModelProfile withTemperature(Support value) {
        return new ModelProfile(model, value, outputCap);
    }

    /** The profile of a model whose name begins like this one's. */
    public ModelProfile forModel(String name) {
        return new ModelProfile(name, temperature, outputCap);
    }

    /** Whether a model takes a parameter. */
    public enum Support {
        /** It takes it. */
        YES,
        /** It refuses it. */
        NO,
        /** Nobody said. It is sent, and left out for good once it has been refused. */
        UNKNOWN
    }
}
