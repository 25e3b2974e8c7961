package dev.reprise.provider.anthropic;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.http.HttpProviderBuilder;
import dev.reprise.provider.wire.Connection;
import dev.reprise.provider.wire.ProfileBook;
import dev.reprise.provider.wire.ProtocolClient;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's Messages API, and whatever else speaks it under another base URL. Thread-safe.
 *
 * <p>Answers are streamed unless {@link Builder#streaming} says otherwise, so that a long one is not held up by a time
 * limit on the way and keeps its text when it breaks. Redirects are never followed and nothing is sent twice that the
 * provider may have processed.
 */
public final class AnthropicProvider implements Provider {

    private final String name;
    private final @Nullable String model;
    private final ProtocolClient client;

    private AnthropicProvider(Builder builder) {
        name = builder.name();
        model = builder.model();
        client = builder.client();
    }

    /** Starts a provider that has neither a key nor a model yet. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable String defaultModel() {
        return model;
    }

    /** What a model takes; on version 2026-10-21 and later no model takes a temperature, whatever was said about it. */
    @Override
    public ModelProfile profile(String modelName) {
        return client.profile(modelName);
    }

    @Override
    public List<ModelProfile> models() {
        return client.models();
    }

    @Override
    public ProviderReply call(ProviderRequest request, CallControl control) throws InterruptedException {
        return client.call(request, control);
    }

    /** Shows the name and the URL, and no key. */
    @Override
    public String toString() {
        return "AnthropicProvider[name=" + name + ", url=" + client + ", model=" + model + "]";
    }

    /** Builds an {@link AnthropicProvider}; not thread-safe. */
    public static final class Builder extends HttpProviderBuilder<Builder> {

        private static final String NO_SAMPLING_FROM = "2026-10-21";
        private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

        private boolean hasKey;
        private boolean hasBearer;
        private String version = "2023-06-01";
        private int defaultMaxOutputTokens = 8_192;

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** The key, sent as {@code x-api-key}; shown nowhere. Either this, {@link #bearer} or none. */
        public Builder apiKey(String value) {
            connection().secretHeader("x-api-key", "", Connection.secret("apiKey", value));
            hasKey = true;
            return this;
        }

        /** The token, sent as {@code Authorization: Bearer}; shown nowhere. Either this, {@link #apiKey} or none. */
        public Builder bearer(String value) {
            connection().secretHeader("authorization", "Bearer ", Connection.secret("bearer", value));
            hasBearer = true;
            return this;
        }

        /** The URL above {@code /v1/messages}, without {@code /v1}; default: Anthropic's. */
        @Override
        public Builder baseUrl(String value) {
            return super.baseUrl(value);
        }

        /**
         * The API version; default: 2023-06-01, the one that every server of this protocol takes. Version 2026-10-21 is
         * the same but for what it refuses: with it, or a later one, no temperature is sent to any model, and
         * variations are told apart by the client's diversity alone.
         */
        public Builder version(String value) {
            if (!VERSION.matcher(value).matches()) {
                throw new InvalidRequestException("version", value, "must be a date, as in 2023-06-01");
            }
            version = value;
            return this;
        }

        /**
         * The cap on output tokens for requests that set none, since the protocol wants one; default: 8,192. This one
         * and a request's own are lowered to the model's cap where that is known, which
         * {@link dev.reprise.generation.Sent#parameters()} shows.
         */
        public Builder defaultMaxOutputTokens(int value) {
            if (value < 1) {
                throw new InvalidRequestException("defaultMaxOutputTokens", value, "must be at least 1");
            }
            defaultMaxOutputTokens = value;
            return this;
        }

        /**
         * The provider.
         *
         * @throws InvalidRequestException when both a key and a bearer token are given
         */
        public AnthropicProvider build() {
            if (hasKey && hasBearer) {
                throw new InvalidRequestException("bearer", "***", "must not be given together with apiKey");
            }
            return new AnthropicProvider(this);
        }

        private String name() {
            return nameOr("anthropic");
        }

        private @Nullable String model() {
            return defaultModel();
        }

        private ProtocolClient client() {
            connection().header("anthropic-version", version);
            return new ProtocolClient(
                    name(),
                    new AnthropicProtocol(version.compareTo(NO_SAMPLING_FROM) < 0, defaultMaxOutputTokens, streams()),
                    connection().endpoint(name(), "https://api.anthropic.com", "v1/messages"),
                    new ProfileBook(profiles(), AnthropicFamilies.ALL, model()),
                    connection().redactor());
        }
    }
}
