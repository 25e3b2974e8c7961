package dev.reprise.generation;

import dev.reprise.failure.InvalidRequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to generate, and how: what a provider needs for it, and how it is to be run. Immutable; validated when built, so
 * that nothing wrong is ever stored or charged.
 *
 * <p>An optional parameter that is not set is not sent to the provider. {@link #toString()} shows no texts.
 */
public final class GenerationRequest {

    private final ModelInput input;
    private final RunOptions options;

    private GenerationRequest(Builder builder) {
        input = builder.input();
        options = builder.options();
        RequestLimits.check(input);
        RequestLimits.check(options);
    }

    /** A request of nothing but a prompt, for the client's only provider and its default model. */
    public static GenerationRequest of(String prompt) {
        return builder().prompt(prompt).build();
    }

    /** Starts an empty request. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts from this request's values; a prompt or messages given then replace this conversation. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The registered name of the provider, or null for the client's only one. */
    public @Nullable String provider() {
        return input.provider();
    }

    /** The provider's name of the model, or null for the provider's default. */
    public @Nullable String model() {
        return input.model();
    }

    /** Instructions that stand above the conversation, or null. */
    public @Nullable String system() {
        return input.system();
    }

    /** The original prompt: the first turn of the conversation. */
    public String prompt() {
        return input.messages().get(0).text();
    }

    /** The conversation: begins and ends with the user's turn. */
    public List<Message> messages() {
        return input.messages();
    }

    /** Images that belong to the first turn, in order. */
    public List<ReferenceImage> images() {
        return input.images();
    }

    /** The cap on output tokens, or null for the provider's default. */
    public @Nullable Integer maxOutputTokens() {
        return input.maxOutputTokens();
    }

    /** The temperature asked for, or null; variations ask for 0.9 when it is null. */
    public @Nullable Double temperature() {
        return input.temperature();
    }

    /** Texts that end the output, possibly none. */
    public List<String> stopSequences() {
        return input.stopSequences();
    }

    /** The app's settings, as aspectRatio or fps; copied into refinements and given to the output processor. */
    public Map<String, String> settings() {
        return options.settings();
    }

    /** The app's label to filter by, or null. */
    public @Nullable String label() {
        return options.label();
    }

    /** The registered name of the output processor, or null for none. */
    public @Nullable String processor() {
        return options.processor();
    }

    /** -100 to 100; higher runs first; 0 when nothing is said. */
    public int priority() {
        return options.priority();
    }

    /** Unique per owner; the same request with the same key gives the same generation back. Or null. */
    public @Nullable String idempotencyKey() {
        return options.idempotencyKey();
    }

    /** The limit for one provider call, or null for the client's. */
    public @Nullable Duration attemptTimeout() {
        return options.attemptTimeout();
    }

    /** The limit for all of it, from creation and waits included, or null for none. */
    public @Nullable Duration deadline() {
        return options.deadline();
    }

    /** Fields put into the provider's request body: JSON values by name; numbers as {@link java.math.BigDecimal}. */
    public Map<String, @Nullable Object> extra() {
        return input.extra();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GenerationRequest that && input.equals(that.input) && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return 31 * input.hashCode() + options.hashCode();
    }

    @Override
    public String toString() {
        return "GenerationRequest[provider=" + provider() + ", model=" + model() + ", messages="
                + messages().size() + ", images=" + images().size() + ", label=" + label() + ", processor="
                + processor() + "]";
    }

    /** Builds a {@link GenerationRequest}; not thread-safe. */
    public static final class Builder {
        private @Nullable String provider;
        private @Nullable String model;
        private @Nullable String system;
        private @Nullable String prompt;
        private @Nullable List<Message> messages;
        private List<Message> inherited = List.of();
        private List<ReferenceImage> images = new ArrayList<>();
        private @Nullable Integer maxOutputTokens;
        private @Nullable Double temperature;
        private List<String> stopSequences = List.of();
        private Map<String, String> settings = new LinkedHashMap<>();
        private @Nullable String label;
        private @Nullable String processor;
        private int priority;
        private @Nullable String idempotencyKey;
        private @Nullable Duration attemptTimeout;
        private @Nullable Duration deadline;
        private Map<String, @Nullable Object> extra = new LinkedHashMap<>();

        private Builder() {}

        private Builder(GenerationRequest from) {
            provider = from.input.provider();
            model = from.input.model();
            system = from.input.system();
            inherited = from.input.messages();
            images = new ArrayList<>(from.input.images());
            maxOutputTokens = from.input.maxOutputTokens();
            temperature = from.input.temperature();
            stopSequences = from.input.stopSequences();
            settings = new LinkedHashMap<>(from.options.settings());
            label = from.options.label();
            processor = from.options.processor();
            priority = from.options.priority();
            idempotencyKey = from.options.idempotencyKey();
            attemptTimeout = from.options.attemptTimeout();
            deadline = from.options.deadline();
            extra = new LinkedHashMap<>(from.input.extra());
        }

        /** The registered name of the provider; default: the client's only one. */
        public Builder provider(@Nullable String value) {
            provider = value;
            return this;
        }

        /** The provider's name of the model; default: what the provider was built with. At most 200 characters. */
        public Builder model(@Nullable String value) {
            model = value;
            return this;
        }

        /** Instructions that stand above the conversation; default: none. */
        public Builder system(@Nullable String value) {
            system = value;
            return this;
        }

        /** The prompt: a conversation of one turn. Either this or {@link #messages}. */
        public Builder prompt(String value) {
            prompt = value;
            return this;
        }

        /** The conversation; begins and ends with the user's turn. Either this or {@link #prompt}. */
        public Builder messages(List<Message> value) {
            messages = List.copyOf(value);
            return this;
        }

        /** The cap on output tokens, 1 to 10,000,000; default: the provider's. */
        public Builder maxOutputTokens(@Nullable Integer value) {
            maxOutputTokens = value;
            return this;
        }

        /** The temperature, 0 to 2; default: not sent, 0.9 for variations. */
        public Builder temperature(@Nullable Double value) {
            temperature = value;
            return this;
        }

        /** Texts that end the output, at most 16; default: none. */
        public Builder stopSequences(String... value) {
            stopSequences = List.of(value);
            return this;
        }

        /** Adds an image to the first turn, at most 20; those given as bytes have at most 20 MiB in all. */
        public Builder image(ReferenceImage value) {
            images.add(value);
            return this;
        }

        /** Sets one of the app's settings, at most 64. */
        public Builder setting(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /** The app's label to filter by, at most 100 characters; default: none. */
        public Builder label(@Nullable String value) {
            label = value;
            return this;
        }

        /** The registered name of the output processor; default: none. */
        public Builder processor(@Nullable String value) {
            processor = value;
            return this;
        }

        /** -100 to 100, higher runs first; default: 0. */
        public Builder priority(int value) {
            priority = value;
            return this;
        }

        /** Makes storing this request idempotent; at most 200 characters, unique per owner; default: none. */
        public Builder idempotencyKey(@Nullable String value) {
            idempotencyKey = value;
            return this;
        }

        /** The limit for one provider call, over zero and at most a day; default: the client's. */
        public Builder attemptTimeout(@Nullable Duration value) {
            attemptTimeout = value;
            return this;
        }

        /**
         * The limit for all of it from creation, over zero and at most a year; default: none. It cuts off a call under way,
         * lets no retry wait beyond it, and ends a generation that still waits for a free worker, a place in its batch or
         * another generation: FAILED {@code deadline}, as soon as a running client sees it, within its poll interval.
         */
        public Builder deadline(@Nullable Duration value) {
            deadline = value;
            return this;
        }

        /**
         * Puts a field into the provider's request body as it is.
         *
         * @param value a JSON value: null, a boolean, a number, a string, a list or a map of such, nested at most 100 levels
         *     deep; copied when the request is built
         */
        public Builder extra(String name, @Nullable Object value) {
            extra.put(name, value);
            return this;
        }

        /**
         * The request.
         *
         * @throws InvalidRequestException when a field is missing or out of range
         */
        public GenerationRequest build() {
            return new GenerationRequest(this);
        }

        private ModelInput input() {
            return new ModelInput(
                    provider,
                    model,
                    system,
                    conversation(),
                    images,
                    maxOutputTokens,
                    temperature,
                    stopSequences,
                    extra);
        }

        private RunOptions options() {
            return new RunOptions(settings, label, processor, priority, idempotencyKey, attemptTimeout, deadline);
        }

        private List<Message> conversation() {
            if (prompt != null && messages != null) {
                throw new InvalidRequestException("prompt", prompt, "must not be given together with messages");
            }
            if (prompt != null) {
                RequestLimits.checkPrompt(prompt);
                return List.of(Message.user(prompt));
            }
            return Objects.requireNonNullElse(messages, inherited);
        }
    }
}
