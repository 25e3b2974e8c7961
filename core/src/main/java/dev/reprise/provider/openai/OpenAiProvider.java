package dev.reprise.provider.openai;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Range;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.openai.Dialect.Trait;
import dev.reprise.provider.openai.OpenAiBody.Streaming;
import dev.reprise.provider.wire.Asked;
import dev.reprise.provider.wire.Carry;
import dev.reprise.provider.wire.Connection;
import dev.reprise.provider.wire.Endpoint;
import dev.reprise.provider.wire.JsonRequest;
import dev.reprise.provider.wire.ProfileBook;
import dev.reprise.provider.wire.Redactor;
import dev.reprise.provider.wire.Rejections;
import dev.reprise.provider.wire.UnsentImages;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenAI's Chat Completions API, and the gateways and servers that speak a {@link Dialect} of it. Thread-safe.
 *
 * <p>Answers are streamed unless {@link Builder#streaming} says otherwise, so that a long one is not held up by a time
 * limit on the way and keeps its text when it breaks. Redirects are never followed and nothing is sent twice; only a
 * connection that could not be made is tried again.
 */
public final class OpenAiProvider implements Provider {

    private static final Logger LOG = LoggerFactory.getLogger(OpenAiProvider.class);
    private static final Range TEMPERATURES = new Range(0, 2);

    private final String name;
    private final @Nullable String model;
    private final Dialect dialect;
    private final boolean streaming;
    private final Endpoint endpoint;
    private final ProfileBook profiles;
    private final Redactor redactor;
    private final OpenAiReplies replies;

    private OpenAiProvider(Builder builder) {
        dialect = builder.dialect;
        name = builder.name != null ? builder.name : dialect.name();
        model = builder.model;
        streaming = builder.streaming;
        endpoint = builder.connection.endpoint(name, dialect.baseUrl(), "chat/completions");
        redactor = builder.connection.redactor();
        // The families are OpenAI's own: elsewhere the same name may be another model.
        var families = dialect.equals(Dialect.OPENAI) ? OpenAiFamilies.ALL : List.<ModelProfile>of();
        profiles = new ProfileBook(builder.profiles, families, model);
        replies = new OpenAiReplies(new OpenAiErrors(dialect), new Rejections(profiles), redactor);
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
        return completed(profiles.profile(modelName));
    }

    @Override
    public List<ModelProfile> models() {
        return profiles.models().stream().map(this::completed).toList();
    }

    private ModelProfile completed(ModelProfile described) {
        var profile = described.toBuilder();
        if (described.tokenParameter() == null) {
            profile.tokenParameter(dialect.tokenParameter());
        }
        if (described.images() == null) {
            profile.images(dialect.images());
        }
        if (described.temperatureRange() == null) {
            profile.temperatureRange(TEMPERATURES.min(), TEMPERATURES.max());
        }
        return profile.build();
    }

    @Override
    public ProviderReply call(ProviderRequest request, CallControl control) throws InterruptedException {
        long start = System.nanoTime();
        var profile = profile(request.model());
        var unsent = UnsentImages.check(request.request(), request.model(), profile.images());
        if (unsent.isPresent()) {
            return unsent.get();
        }
        var carry = Carry.of(request.carry());
        var body = OpenAiBody.of(dialect, profile, request, carry, mode(request.model()));
        var asked = new Asked(JsonRequest.sent(body.members(), redactor), carry, body.droppable());
        var memory = endpoint.answerMemory();
        var stream = new OpenAiStream(control::text, memory);
        var answer = endpoint.post(body.members(), control, stream, memory);
        var reply = redactor.clean(replies.read(answer, stream, asked, control::text));
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{}: model {}, request {}, {} ms, {}",
                    name,
                    request.model(),
                    reply.exchange().requestId(),
                    (System.nanoTime() - start) / 1_000_000,
                    reply.getClass().getSimpleName());
        }
        return reply;
    }

    private Streaming mode(String modelName) {
        if (!streaming) {
            return Streaming.OFF;
        }
        boolean ask = dialect.traits().contains(Trait.USAGE_OPTION)
                && !profiles.refuses(modelName, OpenAiBody.STREAM_OPTIONS);
        return ask ? Streaming.WITH_USAGE_OPTION : Streaming.PLAIN;
    }

    /** Shows the name and the URL, and no key. */
    @Override
    public String toString() {
        return "OpenAiProvider[name=" + name + ", dialect=" + dialect.name() + ", url=" + endpoint + ", model=" + model
                + "]";
    }

    /** Builds an {@link OpenAiProvider}; not thread-safe. */
    public static final class Builder {

        private final Connection connection = new Connection();
        private final List<ModelProfile> profiles = new ArrayList<>();
        private Dialect dialect = Dialect.OPENAI;
        private @Nullable String name;
        private @Nullable String model;
        private boolean attributed;
        private boolean streaming = true;

        private Builder() {}

        /** What the server speaks; default: {@link Dialect#OPENAI}. */
        public Builder dialect(Dialect value) {
            dialect = value;
            return this;
        }

        /** The name that requests refer to this provider by; default: the dialect's. At most 100 characters. */
        public Builder name(String value) {
            name = Connection.name(value);
            return this;
        }

        /** The key, sent as {@code Authorization: Bearer}; shown nowhere; default: none, as for a server at home. */
        public Builder apiKey(String value) {
            connection.secretHeader("authorization", "Bearer ", Connection.secret("apiKey", value));
            return this;
        }

        /** The model for requests that name none; default: none, so that each request has to name one. */
        public Builder model(@Nullable String value) {
            model = Connection.model(value);
            return this;
        }

        /** The URL above {@code /chat/completions}, with its {@code /v1}; default: the dialect's. */
        public Builder baseUrl(String value) {
            connection.baseUrl(value);
            return this;
        }

        /**
         * Names the app to OpenRouter, in {@code HTTP-Referer} and {@code X-OpenRouter-Title}; default: not named.
         *
         * @param url the app's public URL
         * @param title the app's name
         */
        public Builder attribution(String url, String title) {
            connection.publicHeader("HTTP-Referer", url);
            connection.publicHeader("X-OpenRouter-Title", title);
            attributed = true;
            return this;
        }

        /** Adds a header to every request, as {@code OpenAI-Project}; its value is shown nowhere. */
        public Builder header(String header, String value) {
            connection.header(header, value);
            return this;
        }

        /**
         * The app's HTTP client, for its proxy, its pool or its interceptors; default: one shared by all providers. A
         * client derived from it is used, which does not follow redirects and sends nothing twice, and whose time
         * limits are those of each call.
         */
        public Builder httpClient(OkHttpClient value) {
            connection.client(value);
            return this;
        }

        /**
         * What one answer may take of memory while it is read, in bytes, 64 KiB to 1 GiB; default: 32 MiB. Counted by a
         * high estimate: the bytes that arrive, decompressed, the trees of their JSON and the text. A larger answer ends
         * the generation as {@code TOO_LARGE}, with the beginning of its text if it was streamed, and is not asked for
         * again. In the worst case a client needs as much for each of its calls at once: times
         * {@link dev.reprise.GenerationClient.Builder#maxConcurrent maxConcurrent}.
         */
        public Builder maxAnswerMemory(long bytes) {
            connection.maxAnswerMemory(bytes);
            return this;
        }

        /**
         * Describes a model, or all models whose names begin like this; may be called repeatedly. A request that asks
         * for more output tokens than the described cap is lowered to it, which
         * {@link dev.reprise.generation.Sent#parameters()} shows.
         */
        public Builder profile(ModelProfile value) {
            profiles.add(value);
            return this;
        }

        /** Whether answers are streamed; default: yes, whether or not anybody listens. */
        public Builder streaming(boolean value) {
            streaming = value;
            return this;
        }

        /**
         * Whether requests and answers are logged in full on {@code dev.reprise.provider.bodies}, without keys and with
         * encoded bytes cut; default: no. They hold the prompts and the answers.
         */
        public Builder logBodies(boolean value) {
            connection.logBodies(value);
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
    }
}
