package dev.reprise.provider.openai;

import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.ReferenceImage;
import dev.reprise.json.Json;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Support;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.wire.Asked.Droppable;
import dev.reprise.provider.wire.Carry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the body of a Chat Completions request. */
final class OpenAiBody {

    static final String STREAM_OPTIONS = "stream_options";
    private static final String TEMPERATURE = "temperature";
    private static final String MAX_TOKENS = "max_tokens";
    private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    private static final String CONTENT = "content";
    private static final String ROLE = "role";

    private final Dialect dialect;
    private final ModelProfile profile;
    private final ProviderRequest call;
    private final Carry carry;
    private final Map<String, @Nullable Object> body = new LinkedHashMap<>();
    private final List<Droppable> droppable = new ArrayList<>();

    private OpenAiBody(Dialect dialect, ModelProfile profile, ProviderRequest call, Carry carry) {
        this.dialect = dialect;
        this.profile = profile;
        this.call = call;
        this.carry = carry;
    }

    /** The body; the app's extra fields come last and replace what stands there under the same name. */
    static OpenAiBody of(Dialect dialect, ModelProfile profile, ProviderRequest call, Carry carry, Streaming mode) {
        var written = new OpenAiBody(dialect, profile, call, carry);
        written.write(call.request(), mode);
        return written;
    }

    Map<String, @Nullable Object> members() {
        return body;
    }

    /** The parameters that the call can be made again without, or under another name. */
    List<Droppable> droppable() {
        return droppable;
    }

    private void write(GenerationRequest request, Streaming mode) {
        body.put("model", call.model());
        body.put("messages", messages(request));
        if (request.maxOutputTokens() != null) {
            putMaxTokens(request.maxOutputTokens());
        }
        if (call.temperature() != null && profile.temperature() != Support.NO) {
            putDroppable(TEMPERATURE, call.temperature());
        }
        if (!request.stopSequences().isEmpty()) {
            body.put("stop", request.stopSequences());
        }
        if (mode != Streaming.OFF) {
            body.put("stream", true);
        }
        if (mode == Streaming.WITH_USAGE_OPTION) {
            putDroppable(STREAM_OPTIONS, Map.of("include_usage", true));
        }
        body.putAll(request.extra());
        droppable.removeIf(parameter -> request.extra().containsKey(parameter.name()));
    }

    private void putDroppable(String name, Object value) {
        if (!carry.without().contains(name)) {
            body.put(name, value);
            droppable.add(new Droppable(name, null));
        }
    }

    private void putMaxTokens(int asked) {
        var usual = Objects.requireNonNullElse(profile.tokenParameter(), dialect.tokenParameter());
        var name = carry.replacing().getOrDefault(usual, usual);
        body.put(name, profile.outputCap() == null ? asked : Math.min(asked, profile.outputCap()));
        if (name.equals(MAX_TOKENS)) {
            droppable.add(new Droppable(name, MAX_COMPLETION_TOKENS));
        } else if (name.equals(MAX_COMPLETION_TOKENS)) {
            droppable.add(new Droppable(name, MAX_TOKENS));
        }
    }

    private List<Map<String, Object>> messages(GenerationRequest request) {
        var messages = new ArrayList<Map<String, Object>>();
        if (request.system() != null) {
            messages.add(Json.object(ROLE, dialect.systemRole(), CONTENT, request.system()));
        }
        boolean first = true;
        for (var message : request.messages()) {
            var role = message.role().name().toLowerCase(Locale.ROOT);
            Object content = first && !request.images().isEmpty()
                    ? withImages(message.text(), request.images())
                    : message.text();
            messages.add(Json.object(ROLE, role, CONTENT, content));
            first = false;
        }
        return messages;
    }

    private static List<Map<String, Object>> withImages(String text, List<ReferenceImage> images) {
        var parts = new ArrayList<Map<String, Object>>();
        parts.add(Json.object("type", "text", "text", text));
        images.forEach(image -> parts.add(Json.object("type", "image_url", "image_url", Map.of("url", url(image)))));
        return parts;
    }

    private static String url(ReferenceImage image) {
        if (image instanceof ReferenceImage.Inline inline) {
            return "data:" + inline.mediaType() + ";base64,"
                    + Base64.getEncoder().encodeToString(inline.bytes());
        }
        return ((ReferenceImage.Remote) image).url().toString();
    }

    /** Whether a body asks for a stream, and for the usage at its end. */
    enum Streaming {
        OFF,
        PLAIN,
        WITH_USAGE_OPTION
    }
}
