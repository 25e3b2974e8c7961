package dev.reprise.provider.anthropic;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Range;
import dev.reprise.provider.ModelProfile.Support;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.wire.Asked;
import dev.reprise.provider.wire.Asked.Droppable;
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
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Anthropic's Messages API, and whatever else speaks it under another base URL. Thread-safe.
 *
 * <p>Answers are streamed unless {@link Builder#streaming} says otherwise, so that a long one is not held up by a time
 * limit on the way and keeps its text when it breaks. Redirects are never followed and nothing is sent twice; only a
 * connection that could not be made is tried again.
 */
public final class AnthropicProvider implements Provider {

    private static final Logger LOG = LoggerFactory.getLogger(AnthropicProvider.class);

    private static final Range TEMPERATURES = new Range(0, 1);

    private final String name;
    private final @Nullable String model;
    private final boolean takesSampling;
    private final int defaultMaxTokens;
    private final boolean streaming;
    private final Endpoint endpoint;
    private final ProfileBook profiles;
    private final Redactor redactor;
    private final AnthropicReplies replies;

    private AnthropicProvider(Builder builder) {
        name = builder.name;
        model = builder.model;
        takesSampling = builder.version.compareTo(Builder.NO_SAMPLING_FROM) < 0;
        defaultMaxTokens = builder.defaultMaxOutputTokens;
        streaming = builder.streaming;
        builder.connection.header("anthropic-version", builder.version);
        endpoint = builder.connection.endpoint(name, "https://api.anthropic.com", "v1/messages");
        redactor = builder.connection.redactor();
        profiles = new ProfileBook(builder.profiles, AnthropicFamilies.ALL, model);
        replies = new AnthropicReplies(new Rejections(profiles), redactor);
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
        return completed(profiles.profile(modelName));
    }

    @Override
    public List<ModelProfile> models() {
        return profiles.models().stream().map(this::completed).toList();
    }

    private ModelProfile completed(ModelProfile described) {
        var profile = described.toBuilder().tokenParameter(AnthropicBody.MAX_TOKENS);
        if (described.images() == null) {
            profile.images(ModelProfile.Images.INLINE_OR_URL);
        }
        if (described.temperatureRange() == null) {
            profile.temperatureRange(TEMPERATURES.min(), TEMPERATURES.max());
        }
        return (takesSampling ? profile : profile.temperature(Support.NO)).build();
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
        var body = new AnthropicBody(profile, defaultMaxTokens, streaming).write(request, carry);
        var asked = new Asked(JsonRequest.sent(body, redactor), carry, droppable(request, body));
        var memory = endpoint.answerMemory();
        var stream = new AnthropicStream(control::text, memory);
        var answer = endpoint.post(body, control, stream, memory);
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

    /** A value out of the protocol's range is the caller's fault; any other refusal of it is the model's nature. */
    private static List<Droppable> droppable(ProviderRequest request, Map<String, @Nullable Object> body) {
        var temperature = request.temperature();
        return temperature != null
                        && temperature <= TEMPERATURES.max()
                        && temperature.equals(body.get(AnthropicBody.TEMPERATURE))
                ? List.of(new Droppable(AnthropicBody.TEMPERATURE, null))
                : List.of();
    }

    /** Shows the name and the URL, and no key. */
    @Override
    public String toString() {
        return "AnthropicProvider[name=" + name + ", url=" + endpoint + ", model=" + model + "]";
    }

    /** Builds an {@link AnthropicProvider}; not thread-safe. */
    public static final class Builder {

        private static final String NO_SAMPLING_FROM = "2026-10-21";
        private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

        private final Connection connection = new Connection();
        private final List<ModelProfile> profiles = new ArrayList<>();
        private String name = "anthropic";
        private boolean hasKey;
        private boolean hasBearer;
        private @Nullable String model;
        private String version = "2023-06-01";
        private int defaultMaxOutputTokens = 8_192;
        private boolean streaming = true;

        private Builder() {}

        /** The name that requests refer to this provider by; default: anthropic. At most 100 characters. */
        public Builder name(String value) {
            name = Connection.name(value);
            return this;
        }

        /** The key, sent as {@code x-api-key}; shown nowhere. Either this, {@link #bearer} or none. */
        public Builder apiKey(String value) {
            connection.secretHeader("x-api-key", "", Connection.secret("apiKey", value));
            hasKey = true;
            return this;
        }

        /** The token, sent as {@code Authorization: Bearer}; shown nowhere. Either this, {@link #apiKey} or none. */
        public Builder bearer(String value) {
            connection.secretHeader("authorization", "Bearer ", Connection.secret("bearer", value));
            hasBearer = true;
            return this;
        }

        /** The model for requests that name none; default: none, so that each request has to name one. */
        public Builder model(@Nullable String value) {
            model = Connection.model(value);
            return this;
        }

        /** The URL above {@code /v1/messages}, without {@code /v1}; default: Anthropic's. */
        public Builder baseUrl(String value) {
            connection.baseUrl(value);
            return this;
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
         * The app's HTTP client, for its proxy, its pool or its interceptors; default: one shared by all providers. A
         * client derived from it is used, which does not follow redirects and sends nothing twice, and whose time
         * limits are those of each call.
         */
        public Builder httpClient(OkHttpClient value) {
            connection.client(value);
            return this;
        }

        /** Adds a header to every request, for instance {@code anthropic-beta}; its value is shown nowhere. */
        public Builder header(String header, String value) {
            connection.header(header, value);
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

        /** Describes a model, or all models whose names begin like this; may be called repeatedly. */
        public Builder profile(ModelProfile value) {
            profiles.add(value);
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

        /** Whether answers are streamed; default: yes, whether or not anybody listens. */
        public Builder streaming(boolean value) {
            streaming = value;
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
    }
}
