package dev.reprise.codec;

import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Message;
import dev.reprise.generation.ReferenceImage;
import dev.reprise.generation.Role;
import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import dev.reprise.json.JsonObject;
import dev.reprise.store.Payload;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests as stored bytes: JSON of version 1. Fields that are not set are not written; fields of later versions are
 * ignored when read.
 */
public final class RequestCodec {

    private static final int VERSION = 1;
    private static final String HASH_VERSION = "1:";

    private RequestCodec() {}

    public static Payload encode(StoredRequest stored) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("v", VERSION);
        putRequest(tree, stored.request());
        put(tree, "instruction", stored.instruction());
        put(tree, "continuationType", stored.continuationType());
        put(tree, "variationCount", stored.variationCount());
        return Payload.of(Json.writeBytes(tree));
    }

    /** Throws a {@link RuntimeException} of any kind when the bytes cannot be read. */
    public static StoredRequest decode(Payload payload) {
        var tree = Json.readObject(payload.bytes());
        if (tree.numberOrZero("v") != VERSION) {
            throw new JsonFormatException("a request of version " + tree.get("v"));
        }
        var count = tree.number("variationCount");
        return new StoredRequest(
                request(tree),
                tree.string("instruction"),
                tree.string("continuationType"),
                count == null ? null : (Integer) count.intValue());
    }

    /** A hash of what the caller asked for, the idempotency key aside: the same for the same input. */
    public static String hash(StoredRequest asked) {
        var request = asked.request().toBuilder().idempotencyKey(null).build();
        var bytes = encode(new StoredRequest(
                        request, asked.instruction(), asked.continuationType(), asked.variationCount()))
                .bytes();
        // Maps that the app gave may come in another order next time.
        var canonical = Json.writeBytes(Json.sorted(Json.read(bytes)));
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(canonical);
            return HASH_VERSION + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void putRequest(Map<String, @Nullable Object> tree, GenerationRequest request) {
        put(tree, "provider", request.provider());
        put(tree, "model", request.model());
        put(tree, "system", request.system());
        tree.put("messages", request.messages().stream().map(RequestCodec::tree).toList());
        putAll(tree, "images", request.images().stream().map(RequestCodec::tree).toList());
        put(tree, "maxOutputTokens", request.maxOutputTokens());
        put(tree, "temperature", request.temperature());
        putAll(tree, "stopSequences", request.stopSequences());
        putAll(tree, "settings", request.settings());
        put(tree, "label", request.label());
        put(tree, "processor", request.processor());
        put(tree, "priority", request.priority() == 0 ? null : request.priority());
        put(tree, "idempotencyKey", request.idempotencyKey());
        put(tree, "attemptTimeoutMs", millis(request.attemptTimeout()));
        put(tree, "deadlineMs", millis(request.deadline()));
        putAll(tree, "extra", request.extra());
    }

    private static GenerationRequest request(JsonObject tree) {
        var builder = GenerationRequest.builder()
                .provider(tree.string("provider"))
                .model(tree.string("model"))
                .system(tree.string("system"))
                .messages(tree.objects("messages").stream()
                        .map(RequestCodec::message)
                        .toList())
                .temperature(tree.decimal("temperature"))
                .stopSequences(tree.strings("stopSequences").toArray(String[]::new))
                .label(tree.string("label"))
                .processor(tree.string("processor"))
                .priority((int) tree.numberOrZero("priority"))
                .idempotencyKey(tree.string("idempotencyKey"))
                .attemptTimeout(duration(tree.number("attemptTimeoutMs")))
                .deadline(duration(tree.number("deadlineMs")));
        var maxOutputTokens = tree.number("maxOutputTokens");
        builder.maxOutputTokens(maxOutputTokens == null ? null : (Integer) maxOutputTokens.intValue());
        tree.objects("images").forEach(image -> builder.image(image(image)));
        tree.texts("settings").forEach(builder::setting);
        tree.objectOrEmpty("extra").members().forEach(builder::extra);
        return builder.build();
    }

    private static Map<String, Object> tree(Message message) {
        return Json.object("role", message.role().name().toLowerCase(Locale.ROOT), "text", message.text());
    }

    private static Message message(JsonObject tree) {
        var role = Role.valueOf(required(tree, "role").toUpperCase(Locale.ROOT));
        return new Message(role, required(tree, "text"));
    }

    private static Map<String, Object> tree(ReferenceImage image) {
        if (image instanceof ReferenceImage.Inline inline) {
            return Json.object(
                    "mediaType",
                    inline.mediaType(),
                    "base64",
                    Base64.getEncoder().encodeToString(inline.bytes()));
        }
        return Map.of("url", ((ReferenceImage.Remote) image).url().toString());
    }

    private static ReferenceImage image(JsonObject tree) {
        var url = tree.string("url");
        return url != null
                ? ReferenceImage.url(url)
                : ReferenceImage.inline(
                        required(tree, "mediaType"), Base64.getDecoder().decode(required(tree, "base64")));
    }

    private static String required(JsonObject tree, String name) {
        var text = tree.string(name);
        if (text == null) {
            throw new JsonFormatException(name + " is missing");
        }
        return text;
    }

    private static void put(Map<String, @Nullable Object> tree, String name, @Nullable Object value) {
        if (value != null) {
            tree.put(name, value);
        }
    }

    private static void putAll(Map<String, @Nullable Object> tree, String name, List<?> values) {
        if (!values.isEmpty()) {
            tree.put(name, new ArrayList<@Nullable Object>(values));
        }
    }

    private static void putAll(Map<String, @Nullable Object> tree, String name, Map<String, ?> values) {
        if (!values.isEmpty()) {
            tree.put(name, values);
        }
    }

    /** Rounded up: a limit of less than a millisecond is no limit of zero, which no request may have. */
    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : (Long) duration.plusNanos(999_999).toMillis();
    }

    private static @Nullable Duration duration(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
