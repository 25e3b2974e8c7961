package dev.reprise.provider.http;

import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.wire.Connection;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What all builders of providers over HTTP have in common; not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract class HttpProviderBuilder<B extends HttpProviderBuilder<B>> {

    private final Connection connection = new Connection();
    private final List<ModelProfile> profiles = new ArrayList<>();
    private @Nullable String name;
    private @Nullable String model;
    private boolean streaming = true;

    /** Starts a builder that knows nothing yet. */
    protected HttpProviderBuilder() {}

    /** This builder. */
    protected abstract B self();

    /** The name that requests refer to this provider by; default: the protocol's. At most 100 characters. */
    public B name(String value) {
        name = Connection.name(value);
        return self();
    }

    /** The model for requests that name none; default: none, so that each request has to name one. */
    public B model(@Nullable String value) {
        model = Connection.model(value);
        return self();
    }

    /** The URL above the protocol's own path; default: that of the service the protocol comes from. */
    public B baseUrl(String value) {
        connection.baseUrl(value);
        return self();
    }

    /**
     * The app's HTTP client, for its proxy, its pool or its interceptors; default: one shared by all providers. A client
     * derived from it is used, which does not follow redirects and sends nothing twice, and whose time limits are those of
     * each call.
     */
    public B httpClient(OkHttpClient value) {
        connection.client(value);
        return self();
    }

    /** Adds a header to every request, as {@code OpenAI-Project}; its value is shown nowhere. */
    public B header(String header, String value) {
        connection.header(header, value);
        return self();
    }

    /**
     * Describes a model, or all models whose names begin like this; may be called repeatedly. A request that asks for more
     * output tokens than the described cap is lowered to it, which {@link dev.reprise.generation.Sent#parameters()} shows.
     */
    public B profile(ModelProfile value) {
        profiles.add(value);
        return self();
    }

    /** Whether answers are streamed; default: yes, whether or not anybody listens. */
    public B streaming(boolean value) {
        streaming = value;
        return self();
    }

    /**
     * Whether requests and answers are logged in full on {@code dev.reprise.provider.bodies}, without keys and with
     * encoded bytes cut; default: no. They hold the prompts and the answers.
     */
    public B logBodies(boolean value) {
        connection.logBodies(value);
        return self();
    }

    /**
     * What one answer may take of memory while it is read, in bytes, 64 KiB to 1 GiB; default: 32 MiB. Counted by a high
     * estimate: the bytes that arrive, decompressed, the trees of their JSON and the text. A larger answer ends the
     * generation as {@code TOO_LARGE}, with the beginning of its text if it was streamed, and is not asked for again. In
     * the worst case a client needs as much for each of its calls at once: times
     * {@link dev.reprise.GenerationClient.Builder#maxConcurrent maxConcurrent}.
     */
    public B maxAnswerMemory(long bytes) {
        connection.maxAnswerMemory(bytes);
        return self();
    }

    /** How the provider is reached; of a type of this library's own. */
    @SuppressWarnings("exports")
    protected final Connection connection() {
        return connection;
    }

    /** The name that was given, or the usual one. */
    protected final String nameOr(String usual) {
        return name == null ? usual : name;
    }

    /** The model that was given, or null. */
    protected final @Nullable String defaultModel() {
        return model;
    }

    /** The models that were described. */
    protected final List<ModelProfile> profiles() {
        return List.copyOf(profiles);
    }

    /** Whether answers are to be streamed. */
    protected final boolean streams() {
        return streaming;
    }
}
