package dev.reprise.provider;

import dev.reprise.failure.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * What a model takes, as far as is known. Null means that nobody said, and then the provider's dialect decides.
 *
 * @param model the model's name, or a prefix of a family's names
 * @param temperature whether it takes a temperature
 * @param temperatureRange which temperatures it takes, or null
 * @param outputCap the most output tokens it can be asked for, at least 1, or null
 * @param contextCap the most tokens that input and output may have together, at least 1, or null
 * @param tokenParameter the name of the parameter that caps output tokens, or null
 * @param images how it takes reference images, or null
 */
public record ModelProfile(
        String model,
        Support temperature,
        @Nullable Range temperatureRange,
        @Nullable Integer outputCap,
        @Nullable Integer contextCap,
        @Nullable String tokenParameter,
        @Nullable Images images) {

    /** @throws InvalidRequestException when a name is blank or a cap is below 1 */
    public ModelProfile {
        if (model.isBlank()) {
            throw new InvalidRequestException("profile.model", model, "must not be blank");
        }
        if (outputCap != null && outputCap < 1) {
            throw new InvalidRequestException("profile.outputCap", outputCap, "must be at least 1");
        }
        if (contextCap != null && contextCap < 1) {
            throw new InvalidRequestException("profile.contextCap", contextCap, "must be at least 1");
        }
        if (tokenParameter != null && tokenParameter.isBlank()) {
            throw new InvalidRequestException("profile.tokenParameter", tokenParameter, "must not be blank");
        }
    }

    /** A model of which no more is known than this. */
    public ModelProfile(String model, Support temperature, @Nullable Integer outputCap) {
        this(model, temperature, null, outputCap, null, null, null);
    }

    /** A model nobody described. */
    public static ModelProfile unknown(String model) {
        return new ModelProfile(model, Support.UNKNOWN, null);
    }

    /** Starts the description of a model, or of a family by the prefix of its names, that says nothing yet. */
    public static Builder builder(String model) {
        return new Builder(unknown(model));
    }

    /** Starts from this description. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The same model with another word on temperature. */
    public ModelProfile withTemperature(Support value) {
        return toBuilder().temperature(value).build();
    }

    /** The profile of a model whose name begins like this one's. */
    public ModelProfile forModel(String name) {
        return new ModelProfile(name, temperature, temperatureRange, outputCap, contextCap, tokenParameter, images);
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

    /** How a model takes reference images. */
    public enum Images {
        /** Not at all. */
        NONE,
        /** As bytes within the request. */
        INLINE,
        /** As bytes within the request, or as a URL that the provider fetches. */
        INLINE_OR_URL
    }

    /**
     * Which values a parameter takes.
     *
     * @param min the least
     * @param max the greatest, not below the least
     */
    public record Range(double min, double max) {

        /** @throws InvalidRequestException when the bounds are not in order */
        public Range {
            if (!(min <= max)) {
                throw new InvalidRequestException("profile.temperatureRange", min + " to " + max, "must be in order");
            }
        }
    }

    /** Builds a {@link ModelProfile}; not thread-safe. */
    public static final class Builder {
        private final String model;
        private Support temperature;
        private @Nullable Range temperatureRange;
        private @Nullable Integer outputCap;
        private @Nullable Integer contextCap;
        private @Nullable String tokenParameter;
        private @Nullable Images images;

        private Builder(ModelProfile from) {
            model = from.model;
            temperature = from.temperature;
            temperatureRange = from.temperatureRange;
            outputCap = from.outputCap;
            contextCap = from.contextCap;
            tokenParameter = from.tokenParameter;
            images = from.images;
        }

        /** Whether it takes a temperature; default: unknown. */
        public Builder temperature(Support value) {
            temperature = value;
            return this;
        }

        /** Which temperatures it takes; default: what the protocol takes. */
        public Builder temperatureRange(double min, double max) {
            temperatureRange = new Range(min, max);
            return this;
        }

        /** The most output tokens it can be asked for; default: unknown. A request that asks for more is lowered. */
        public Builder outputCap(@Nullable Integer value) {
            outputCap = value;
            return this;
        }

        /** The most tokens that input and output may have together; default: unknown. For display; not enforced. */
        public Builder contextCap(@Nullable Integer value) {
            contextCap = value;
            return this;
        }

        /** The name of the parameter that caps output tokens; default: the dialect's. */
        public Builder tokenParameter(@Nullable String value) {
            tokenParameter = value;
            return this;
        }

        /** How it takes reference images; default: as the dialect does. */
        public Builder images(@Nullable Images value) {
            images = value;
            return this;
        }

        /**
         * The description.
         *
         * @throws InvalidRequestException when a cap is below 1 or a name is blank
         */
        public ModelProfile build() {
            return new ModelProfile(
                    model, temperature, temperatureRange, outputCap, contextCap, tokenParameter, images);
        }
    }
}
