package dev.reprise.provider.openai;

import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.ReferenceImage;
import dev.reprise.json.Json;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Support;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.openai.Dialect.Trait;
import dev.reprise.provider.wire.OptionalParameter;
import dev.reprise.provider.wire.Protocol;
import dev.reprise.provider.wire.ProviderHandover;
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

    private static final String STREAM = "stream";
    private static final String STREAM_OPTIONS = "stream_options";
    private static final String TEMPERATURE = "temperature";
    private static final String MAX_TOKENS = "max_tokens";
    private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    private static final String CONTENT = "content";
    private static final String ROLE = "role";

    private final Dialect dialect;
    private final ModelProfile profile;
    private final ProviderRequest call;
    private final ProviderHandover handover;
    private final Map<String, @Nullable Object> body = new LinkedHashMap<>();
    private final List<OptionalParameter> optional = new ArrayList<>();

    private OpenAiBody(Dialect dialect, ModelProfile profile, ProviderRequest call, ProviderHandover handover) {
        this.dialect = dialect;
        this.profile = profile;
        this.call = call;
        this.handover = handover;
    }

    /** The body; the app's extra fields come last and replace what stands there under the same name. */
    static Protocol.Body of(
            Dialect dialect, ModelProfile profile, ProviderRequest call, ProviderHandover handover, boolean streaming) {
        var written = new OpenAiBody(dialect, profile, call, handover);
        written.write(call.request(), streaming);
        return new Protocol.Body(written.body, written.optional, Boolean.TRUE.equals(written.body.get(STREAM)));
    }

    private void write(GenerationRequest request, boolean streaming) {
        body.put("model", call.model());
        body.put("messages", messages(request));
        if (request.maxOutputTokens() != null) {
            putMaxTokens(request.maxOutputTokens());
        }
        if (call.temperature() != null && profile.temperature() != Support.NO) {
            putOptional(TEMPERATURE, call.temperature());
        }
        if (!request.stopSequences().isEmpty()) {
            body.put("stop", request.stopSequences());
        }
        if (streaming && !handover.without().contains(STREAM)) {
            putOptional(STREAM, true);
            if (dialect.traits().contains(Trait.USAGE_OPTION)) {
                putOptional(STREAM_OPTIONS, Map.of("include_usage", true));
            }
        }
        body.putAll(request.extra());
        optional.removeIf(parameter -> request.extra().containsKey(parameter.name()));
    }

    private void putOptional(String name, Object value) {
        if (!handover.without().contains(name)) {
            body.put(name, value);
            optional.add(new OptionalParameter(name, null));
        }
    }

    private void putMaxTokens(int asked) {
        var usual = Objects.requireNonNullElse(profile.tokenParameter(), dialect.tokenParameter());
        var name = handover.replacing().getOrDefault(usual, usual);
        body.put(name, profile.outputCap() == null ? asked : Math.min(asked, profile.outputCap()));
        // Under each name once: who refuses both takes no cap at all.
        if (name.equals(MAX_TOKENS) && !handover.replacing().containsValue(MAX_TOKENS)) {
            optional.add(new OptionalParameter(name, MAX_COMPLETION_TOKENS));
        } else if (name.equals(MAX_COMPLETION_TOKENS) && !handover.replacing().containsValue(MAX_COMPLETION_TOKENS)) {
            optional.add(new OptionalParameter(name, MAX_TOKENS));
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
}
