package dev.reprise.provider.anthropic;

import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.ReferenceImage;
import dev.reprise.json.Json;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.wire.ProviderHandover;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the body of a Messages request. */
final class AnthropicBody {

    static final String MAX_TOKENS = "max_tokens";
    static final String TEMPERATURE = "temperature";
    static final String STREAM = "stream";
    private static final String CONTENT = "content";
    private static final String TYPE = "type";

    private final ModelProfile profile;
    private final int defaultMaxTokens;
    private final boolean stream;

    AnthropicBody(ModelProfile profile, int defaultMaxTokens, boolean stream) {
        this.profile = profile;
        this.defaultMaxTokens = defaultMaxTokens;
        this.stream = stream;
    }

    /** The body; the app's extra fields come last and replace what stands there under the same name. */
    Map<String, @Nullable Object> write(ProviderRequest call, ProviderHandover handover) {
        var request = call.request();
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("model", call.model());
        body.put(MAX_TOKENS, maxTokens(request.maxOutputTokens()));
        if (request.system() != null) {
            body.put("system", request.system());
        }
        body.put("messages", messages(request, handover));
        var temperature = call.temperature();
        if (temperature != null
                && profile.temperature() != ModelProfile.Support.NO
                && !handover.without().contains(TEMPERATURE)) {
            body.put(TEMPERATURE, temperature);
        }
        if (!request.stopSequences().isEmpty()) {
            body.put("stop_sequences", request.stopSequences());
        }
        if (stream) {
            body.put(STREAM, true);
        }
        body.putAll(request.extra());
        return body;
    }

    private int maxTokens(@Nullable Integer asked) {
        int tokens = asked != null ? asked : defaultMaxTokens;
        var cap = profile.outputCap();
        return cap == null ? tokens : Math.min(tokens, cap);
    }

    private static List<Map<String, Object>> messages(GenerationRequest request, ProviderHandover handover) {
        var messages = new ArrayList<Map<String, Object>>();
        for (var message : request.messages()) {
            var role = message.role().name().toLowerCase(Locale.ROOT);
            boolean first = messages.isEmpty();
            Object content = first && !request.images().isEmpty()
                    ? withImages(message.text(), request.images())
                    : message.text();
            messages.add(Json.object("role", role, CONTENT, content));
        }
        var paused = PausedTurn.sendable(handover.turn());
        if (!paused.isEmpty()) {
            messages.add(Json.object("role", "assistant", CONTENT, paused));
        }
        return messages;
    }

    /** Images come before the text that speaks of them, as Anthropic's vision guide advises. */
    private static List<Map<String, Object>> withImages(String text, List<ReferenceImage> images) {
        var blocks = new ArrayList<Map<String, Object>>();
        images.forEach(image -> blocks.add(Json.object(TYPE, "image", "source", source(image))));
        blocks.add(Json.object(TYPE, "text", "text", text));
        return blocks;
    }

    private static Map<String, Object> source(ReferenceImage image) {
        if (image instanceof ReferenceImage.Inline inline) {
            return Json.object(
                    TYPE,
                    "base64",
                    "media_type",
                    inline.mediaType(),
                    "data",
                    Base64.getEncoder().encodeToString(inline.bytes()));
        }
        return Json.object(
                TYPE, "url", "url", ((ReferenceImage.Remote) image).url().toString());
    }
}
