package dev.reprise.provider.openai;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.http.HttpProviderBuilder;
import dev.reprise.provider.openai.Dialect.Trait;
import dev.reprise.provider.wire.Connection;
import dev.reprise.provider.wire.ProfileBook;
import dev.reprise.provider.wire.ProtocolClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's Chat Completions API, and the gateways and servers that speak a {@link Dialect} of it. Thread-safe.
 *
 * <p>Answers are streamed unless {@link Builder#streaming} says otherwise, so that a long one is not held up by a time
 * limit on the way and keeps its text when it breaks. Redirects are never followed and nothing is sent twice that the
 * provider may have processed.
 */
public final class OpenAiProvider implements Provider {

    private final String name;
    private final @Nullable String model;
    private final Dialect dialect;
    private final ProtocolClient client;

    private OpenAiProvider(Builder builder) {
        dialect = builder.dialect;
        name = builder.name();
        model = builder.model();
        client = builder.client();
    }

    /** Starts a provider of OpenAI's own dialect that has neither a key nor a model yet. */
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
        return "OpenAiProvider[name=" + name + ", dialect=" + dialect.name() + ", url=" + client + ", model=" + model
                + "]";
    }

    /** Builds an {@link OpenAiProvider}; not thread-safe. */
    public static final class Builder extends HttpProviderBuilder<Builder> {

        private Dialect dialect = Dialect.OPENAI;
        private boolean attributed;

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** What the server speaks; default: {@link Dialect#OPENAI}. */
        public Builder dialect(Dialect value) {
            dialect = value;
            return this;
        }

        /** The key, sent as {@code Authorization: Bearer}; shown nowhere; default: none, as for a server at home. */
        public Builder apiKey(String value) {
            connection().secretHeader("authorization", "Bearer ", Connection.secret("apiKey", value));
            return this;
        }

        /** The URL above {@code /chat/completions}, with its {@code /v1}; default: the dialect's. */
        @Override
        public Builder baseUrl(String value) {
            return super.baseUrl(value);
        }

        /**
         * Names the app to OpenRouter, in {@code HTTP-Referer} and {@code X-OpenRouter-Title}; default: not named.
         *
         * @param url the app's public URL
         * @param title the app's name
         */
        public Builder attribution(String url, String title) {
            connection().publicHeader("HTTP-Referer", url);
            connection().publicHeader("X-OpenRouter-Title", title);
            attributed = true;
            return this;
        }

        /**
         * The provider.
         *
         * @throws InvalidRequestException when an attribution is given and the dialect has no place for it
         */
        public OpenAiProvider build() {
            if (attributed && !dialect.traits().contains(Trait.ATTRIBUTION)) {
                throw new InvalidRequestException("attribution", dialect.name(), "needs a dialect that takes it");
            }
            return new OpenAiProvider(this);
        }

        private String name() {
            return nameOr(dialect.name());
        }

        private @Nullable String model() {
            return defaultModel();
        }

        private ProtocolClient client() {
            // The families are OpenAI's own: elsewhere the same name may be another model.
            var families = dialect.equals(Dialect.OPENAI) ? OpenAiFamilies.ALL : List.<ModelProfile>of();
            return new ProtocolClient(
                    name(),
                    new OpenAiProtocol(dialect, streams()),
                    connection().endpoint(name(), dialect.baseUrl(), "chat/completions"),
                    new ProfileBook(profiles(), families, model()),
                    connection().redactor());
        }
    }
}
