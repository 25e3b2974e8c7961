package dev.reprise.provider.wire;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StorableText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a provider is and how it is reached: what a provider's builder gathers. Not thread-safe. No message of a check
 * and no {@link #toString()} shows a header's value.
 */
public final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final String HIDDEN = "***";
    private static final int MAX_NAME = 100;
    private static final int MAX_MODEL = 200;
    private static final long MIN_ANSWER = 64L << 10;
    private static final long MAX_ANSWER = 1L << 30;
    /** Shorter header values are words as {@code true}, which must not be starred out of messages. */
    private static final int SHORTEST_SECRET = 12;

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> secrets = new ArrayList<>();
    private @Nullable HttpUrl baseUrl;
    private @Nullable OkHttpClient client;
    private boolean logBodies;
    private long maxAnswerMemory = 32L << 20;

    /** A provider's name. */
    public static String name(String value) {
        if (value.isBlank() || value.length() > MAX_NAME) {
            throw new InvalidRequestException("name", value, "must have 1 to 100 characters");
        }
        StorableText.checkName("name", value);
        return value;
    }

    /** A provider's default model, or null for none. */
    public static @Nullable String model(@Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > MAX_MODEL)) {
            throw new InvalidRequestException("model", value, "must have 1 to " + MAX_MODEL + " characters");
        }
        if (value != null) {
            StorableText.checkName("model", value);
        }
        return value;
    }

    /**
     * A key or a token that can be sent as it is.
     *
     * @throws InvalidRequestException when it is blank or holds what a header cannot
     */
    public static String secret(String field, String value) {
        if (value.isBlank()) {
            throw new InvalidRequestException(field, HIDDEN, "must not be blank");
        }
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidRequestException(field, HIDDEN, "must be printable ASCII without spaces");
        }
        return value;
    }

    /** Adds a header that holds a secret which has been checked. */
    public void secretHeader(String name, String prefix, String secret) {
        headers.put(name, prefix + secret);
        secrets.add(secret);
    }

    /** Adds a header; its value counts as a secret when it is long enough to be one. */
    public void header(String name, String value) {
        publicHeader(name, value);
        if (value.length() >= SHORTEST_SECRET) {
            secrets.add(value);
        }
    }

    /** Adds a header that is no secret. */
    public void publicHeader(String name, String value) {
        try {
            new Headers.Builder().add(name, value);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("header." + name, HIDDEN, "must be a name and a value in ASCII");
        }
        headers.put(name, value);
    }

    /** Sets the base URL. */
    public void baseUrl(String value) {
        var url = HttpUrl.parse(value.strip());
        if (url == null) {
            throw new InvalidRequestException("baseUrl", HIDDEN, "must be an http or https URL");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw new InvalidRequestException("baseUrl", url.host(), "must not hold a user or a password");
        }
        if (url.query() != null || url.fragment() != null) {
            throw new InvalidRequestException("baseUrl", url.host(), "must not hold a query or a fragment");
        }
        baseUrl = url;
    }

    /** Sets the app's client. */
    public void client(OkHttpClient value) {
        client = value;
    }

    /** Sets whether bodies are logged. */
    public void logBodies(boolean value) {
        logBodies = value;
    }

    /** Sets what one answer may take of memory, in bytes. */
    public void maxAnswerMemory(long bytes) {
        if (bytes < MIN_ANSWER || bytes > MAX_ANSWER) {
            throw new InvalidRequestException("maxAnswerMemory", bytes, "must be 65536 to 1073741824 bytes");
        }
        maxAnswerMemory = bytes;
    }

    /** What hides the secrets given so far. */
    public Redactor redactor() {
        return new Redactor(secrets);
    }

    /** Opens the way to one path below the base URL. */
    public Endpoint endpoint(String provider, String defaultBaseUrl, String path) {
        var base = baseUrl != null ? baseUrl : HttpUrl.get(defaultBaseUrl);
        var all = new Headers.Builder().add("user-agent", "reprise");
        headers.forEach(all::set);
        var redactor = redactor();
        if (!base.isHttps() && !secrets.isEmpty() && PublicHosts.contains(base.host())) {
            LOG.warn("{} sends its key without encryption to {}: use https", provider, base.host());
        }
        return new Endpoint(
                base.newBuilder().addPathSegments(path).build(),
                all.build(),
                new HttpExchange(client, redactor, new BodyLog(provider, redactor, logBodies)),
                maxAnswerMemory);
    }

    @Override
    public String toString() {
        return "Connection[" + baseUrl + "]";
    }
}
