package dev.reprise.provider.anthropic;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Support;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.wire.ApiKeys;
import dev.reprise.provider.wire.Carry;
import dev.reprise.provider.wire.HttpExchange;
import dev.reprise.provider.wire.JsonRequest;
import dev.reprise.provider.wire.ProfileBook;
import dev.reprise.provider.wire.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.HttpUrl;
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

    private static final double MAX_TEMPERATURE = 1;

    private final String name;
    private final @Nullable String model;
    private final boolean takesSampling;
    private final int defaultMaxTokens;
    private final boolean streaming;
    private final HttpUrl url;
    private final Headers headers;
    private final ProfileBook profiles;
    private final HttpExchange exchange;
    private final Redactor redactor;
    private final AnthropicReplies replies;

    private AnthropicProvider(Builder builder) {
        name = builder.name;
        model = builder.model;
        takesSampling = builder.version.compareTo(Builder.NO_SAMPLING_FROM) < 0;
        defaultMaxTokens = builder.defaultMaxOutputTokens;
        streaming = builder.streaming;
        url = ApiKeys.baseUrl(builder.baseUrl)
                .newBuilder()
                .addPathSegments("v1/messages")
                .build();
        headers = builder.headers();
        redactor = new Redactor(builder.secrets());
        profiles = new ProfileBook(builder.profiles, List.of());
        exchange = new HttpExchange(
                builder.httpClient != null ? builder.httpClient : HttpExchange.sharedClient(), redactor);
        replies = new AnthropicReplies(profiles, redactor);
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
        var profile = profiles.profile(modelName);
        return takesSampling ? profile : profile.withTemperature(Support.NO);
    }

    @Override
    public List<ModelProfile> models() {
        return profiles.models().stream()
                .map(described -> profile(described.model()))
                .toList();
    }

    @Override
    public ProviderReply call(ProviderRequest request, CallControl control) throws InterruptedException {
        long start = System.nanoTime();
        var carry = Carry.of(request.carry());
        var body = new AnthropicBody(profile(request.model()), defaultMaxTokens, streaming).write(request, carry);
        var asked = new Asked(JsonRequest.sent(body, redactor), carry, droppable(request, body));
        var stream = new AnthropicStream(control::text);
        var answer = exchange.send(JsonRequest.post(url, headers, body), control, stream);
        var reply = replies.read(answer, stream, asked, control::text);
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
    private static boolean droppable(ProviderRequest request, Map<String, @Nullable Object> body) {
        var temperature = request.temperature();
        return temperature != null
                && temperature <= MAX_TEMPERATURE
                && temperature.equals(body.get(AnthropicBody.TEMPERATURE));
    }

    /** Shows the name and the URL, and no key. */
    @Override
    public String toString() {
        return "AnthropicProvider[name=" + name + ", url=" + url + ", model=" + model + "]";
    }

    /** Builds an {@link AnthropicProvider}; not thread-safe. */
    public static final class Builder {

        private static final String NO_SAMPLING_FROM = "2026-10-21";
        private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
        private static final int MAX_NAME = 100;

        private String name = "anthropic";
        private @Nullable String apiKey;
        private @Nullable String bearer;
        private @Nullable String model;
        private String baseUrl = "https://api.anthropic.com";
        private String version = "2023-06-01";
        private @Nullable OkHttpClient httpClient;
        private int defaultMaxOutputTokens = 8_192;
        private boolean streaming = true;
        private final List<ModelProfile> profiles = new ArrayList<>();

        private Builder() {}

        /** The name that requests refer to this provider by; default: anthropic. At most 100 characters. */
        public Builder name(String value) {
            if (value.isBlank() || value.length() > MAX_NAME) {
                throw new InvalidRequestException("name", value, "must have 1 to 100 characters");
            }
            name = value;
            return this;
        }

        /** The key, sent as {@code x-api-key}; shown nowhere. Either this, {@link #bearer} or none. */
        public Builder apiKey(String value) {
            apiKey = ApiKeys.check("apiKey", value);
            return this;
        }

        /** The token, sent as {@code Authorization: Bearer}; shown nowhere. Either this, {@link #apiKey} or none. */
        public Builder bearer(String value) {
            bearer = ApiKeys.check("bearer", value);
            return this;
        }

        /** The model for requests that name none; default: none, so that each request has to name one. */
        public Builder model(@Nullable String value) {
            model = value;
            return this;
        }

        /** The URL above {@code /v1/messages}, without {@code /v1}; default: Anthropic's. */
        public Builder baseUrl(String value) {
            ApiKeys.baseUrl(value);
            baseUrl = value;
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
            httpClient = value;
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
            if (apiKey != null && bearer != null) {
                throw new InvalidRequestException("bearer", "***", "must not be given together with apiKey");
            }
            return new AnthropicProvider(this);
        }

        private Headers headers() {
            var headers =
                    new Headers.Builder().add("anthropic-version", version).add("user-agent", "reprise");
            if (apiKey != null) {
                headers.add("x-api-key", apiKey);
            }
            if (bearer != null) {
                headers.add("authorization", "Bearer " + bearer);
            }
            return headers.build();
        }

        private List<String> secrets() {
            var secrets = new ArrayList<String>();
            if (apiKey != null) {
                secrets.add(apiKey);
            }
            if (bearer != null) {
                secrets.add(bearer);
            }
            return secrets;
        }
    }
}
