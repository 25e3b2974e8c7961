package dev.reprise.codec;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.GenerationResult;
import dev.reprise.generation.Media;
import dev.reprise.generation.Sent;
import dev.reprise.generation.StopReason;
import dev.reprise.json.Json;
import dev.reprise.json.JsonObject;
import dev.reprise.store.Payload;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Results, failures and attempts as stored bytes: JSON. What is not there is not written. A kind or stop reason that a
 * later version wrote is read as UNKNOWN or OTHER.
 */
public final class OutcomeCodec {

    private OutcomeCodec() {}

    public static Payload encode(GenerationResult result) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("rawText", result.rawText());
        if (!result.output().equals(result.rawText())) {
            tree.put("output", result.output());
        }
        tree.put("metadata", result.metadata());
        tree.put("stopReason", result.stopReason().name());
        tree.put("rawStopReason", result.rawStopReason());
        tree.put("requestId", result.requestId());
        tree.put("sent", tree(result.sent()));
        if (!result.media().isEmpty()) {
            tree.put("media", result.media().stream().map(OutcomeCodec::tree).toList());
        }
        return Payload.of(Json.writeBytes(Map.of("result", present(tree))));
    }

    public static Payload encode(GenerationFailure failure) {
        return Payload.of(Json.writeBytes(Map.of("failure", tree(failure))));
    }

    public static Payload encode(Attempt.Exchange exchange) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("requestId", exchange.requestId());
        tree.put("sent", exchange.sent() == null ? null : tree(exchange.sent()));
        tree.put("text", exchange.text());
        tree.put("failure", exchange.failure() == null ? null : tree(exchange.failure()));
        return Payload.of(Json.writeBytes(present(tree)));
    }

    public static @Nullable GenerationResult result(Payload payload) {
        var tree = Json.readObject(payload.bytes()).object("result");
        if (tree == null) {
            return null;
        }
        var rawText = Objects.requireNonNullElse(tree.string("rawText"), "");
        return new GenerationResult(
                rawText,
                Objects.requireNonNullElse(tree.string("output"), rawText),
                tree.texts("metadata"),
                constant(StopReason.class, tree.string("stopReason"), StopReason.OTHER),
                tree.string("rawStopReason"),
                tree.string("requestId"),
                sent(tree.objectOrEmpty("sent")),
                tree.objects("media").stream().map(OutcomeCodec::media).toList());
    }

    public static @Nullable GenerationFailure failure(Payload payload) {
        var tree = Json.readObject(payload.bytes()).object("failure");
        return tree == null ? null : failure(tree);
    }

    public static Attempt.Exchange exchange(Payload payload) {
        var tree = Json.readObject(payload.bytes());
        var sent = tree.object("sent");
        var failure = tree.object("failure");
        return new Attempt.Exchange(
                tree.string("requestId"),
                sent == null ? null : sent(sent),
                tree.string("text"),
                failure == null ? null : failure(failure));
    }

    private static Map<String, @Nullable Object> tree(Media media) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        var bytes = media.bytes();
        tree.put("url", media.url() == null ? null : media.url().toString());
        tree.put(
                "expiresAtMs",
                media.expiresAt() == null ? null : media.expiresAt().toEpochMilli());
        tree.put("base64", bytes == null ? null : Base64.getEncoder().encodeToString(bytes));
        tree.put("claimedType", media.claimedType());
        return present(tree);
    }

    private static Media media(JsonObject tree) {
        var url = tree.string("url");
        var expiresAt = tree.number("expiresAtMs");
        var base64 = tree.string("base64");
        return new Media(
                url == null ? null : URI.create(url),
                expiresAt == null ? null : Instant.ofEpochMilli(expiresAt),
                base64 == null ? null : Base64.getDecoder().decode(base64),
                tree.string("claimedType"));
    }

    private static Map<String, @Nullable Object> tree(Sent sent) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("model", sent.model());
        tree.put("parameters", sent.parameters());
        tree.put("diversity", sent.diversity());
        return present(tree);
    }

    private static Sent sent(JsonObject tree) {
        return new Sent(
                Objects.requireNonNullElse(tree.string("model"), ""),
                tree.texts("parameters"),
                tree.string("diversity"));
    }

    private static Map<String, @Nullable Object> tree(GenerationFailure failure) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("kind", failure.kind().name());
        tree.put("blame", failure.blame().name());
        tree.put("retryable", failure.retryable());
        tree.put("message", failure.message());
        tree.put("status", failure.status());
        tree.put("code", failure.code());
        tree.put("requestId", failure.requestId());
        tree.put(
                "retryAfterMs",
                failure.retryAfter() == null ? null : failure.retryAfter().toMillis());
        tree.put("reference", failure.reference());
        return present(tree);
    }

    private static GenerationFailure failure(JsonObject tree) {
        var kind = constant(FailureKind.class, tree.string("kind"), FailureKind.UNKNOWN);
        var message = Objects.requireNonNullElse(tree.string("message"), "");
        var status = tree.number("status");
        var retryAfter = tree.number("retryAfterMs");
        return GenerationFailure.builder(kind, message)
                .blame(constant(Blame.class, tree.string("blame"), kind.blame()))
                .retryable(Boolean.TRUE.equals(tree.bool("retryable")))
                .status(status == null ? null : (Integer) status.intValue())
                .code(tree.string("code"))
                .requestId(tree.string("requestId"))
                .retryAfter(retryAfter == null ? null : Duration.ofMillis(retryAfter))
                .reference(Objects.requireNonNullElse(tree.string("reference"), ""))
                .build();
    }

    private static Map<String, @Nullable Object> present(Map<String, @Nullable Object> tree) {
        tree.values().removeIf(Objects::isNull);
        return tree;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, @Nullable String name, E fallback) {
        try {
            return name == null ? fallback : Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            return fallback;
        }
    }
}
