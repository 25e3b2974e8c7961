package dev.reprise.provider.openai;

import dev.reprise.failure.FailureKind;
import dev.reprise.json.Json;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.openai.Dialect.Trait;
import dev.reprise.provider.wire.BodyText;
import dev.reprise.provider.wire.ErrorDetail;
import dev.reprise.provider.wire.HttpKinds;
import dev.reprise.provider.wire.RetryHeaders;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads the errors of all dialects: OpenAI's object, vLLM's flat one, OpenRouter's with numbers for codes, and those
 * that stand inside a success, at its top or in its choice.
 */
final class OpenAiErrors {

    private static final int PAYMENT_REQUIRED = 402;
    private static final int SERVER_ERROR = 500;
    private static final String ERROR = "error";

    /** Codes and types that stay until somebody pays or raises a limit (OpenAI's guide to error codes). */
    private static final Set<String> BILLING = Set.of(
            "insufficient_quota",
            "credit_balance_exhausted",
            "organization_spend_limit_exceeded",
            "project_spend_limit_exceeded",
            "organization_usage_limit_exceeded",
            "billing_hard_limit_reached",
            "billing_not_active");

    /** Codes of a filter that stopped the prompt: what was asked for is to blame, whatever the status. */
    private static final Set<String> FILTERED =
            Set.of("content_filter", "content_policy_violation", "moderation_blocked");

    private final Dialect dialect;

    OpenAiErrors(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Whether a body, a chunk or a choice states an error. */
    static boolean isError(JsonObject body) {
        return statesError(body)
                || ERROR.equals(body.string("object"))
                || body.objects("choices").stream()
                        .anyMatch(choice -> statesError(choice) || ERROR.equals(choice.string("finish_reason")));
    }

    private static boolean statesError(JsonObject object) {
        var error = object.object(ERROR);
        var text = object.string(ERROR);
        return (error != null && !error.members().isEmpty()) || (text != null && !text.isBlank());
    }

    /** The error of a body that may be the protocol's, another's, or no JSON at all. */
    ErrorDetail read(int status, Headers headers, byte[] body) {
        var json = BodyText.json(body);
        if (json == null || !(isError(json) || json.get("message") != null || json.get("detail") != null)) {
            return ErrorDetail.foreign(status, body);
        }
        return read(status, headers, json);
    }

    /** The error of a body or a chunk. */
    ErrorDetail read(int status, Headers headers, JsonObject body) {
        var error = error(body);
        var metadata = error.objectOrEmpty("metadata");
        var availability = error.objectOrEmpty("availability");
        var type = error.string("type");
        var code = Stream.of(
                        error.code("code"),
                        availability.code("code"),
                        error.string("error_type"),
                        metadata.string("error_type"),
                        type)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse(null);
        int effective = HttpKinds.success(status) ? statusOf(error, code, type) : status;
        boolean billing = (code != null && BILLING.contains(code)) || (type != null && BILLING.contains(type));
        return new ErrorDetail(
                kind(billing, code, effective),
                code,
                error.string("param"),
                message(error, metadata),
                retry(availability, !billing && effective == PAYMENT_REQUIRED, headers));
    }

    private static FailureKind kind(boolean billing, @Nullable String code, int effective) {
        if (billing) {
            return FailureKind.QUOTA;
        }
        return code != null && FILTERED.contains(code) ? FailureKind.REFUSED : HttpKinds.of(effective);
    }

    private static JsonObject error(JsonObject body) {
        var candidates = Stream.concat(Stream.of(body), body.objects("choices").stream());
        return candidates
                .filter(OpenAiErrors::statesError)
                .findFirst()
                .map(holder -> {
                    var error = holder.object(ERROR);
                    return error != null
                            ? error
                            : new JsonObject(Map.of("message", String.valueOf(holder.string(ERROR))));
                })
                .orElse(body);
    }

    private static String message(JsonObject error, JsonObject metadata) {
        var message = error.string("message");
        if (message == null) {
            message = error.string("detail");
        }
        if (message == null && error.get("detail") != null) {
            message = Json.write(error.get("detail")); // a list of what is wrong with which field
        }
        if (message == null) {
            message = "no message";
        }
        var raw = metadata.string("raw"); // what the provider behind a gateway said
        return raw == null ? message : message + " (" + raw + ")";
    }

    private RetryHeaders retry(JsonObject availability, boolean paymentRequired, Headers headers) {
        var wait = RetryHeaders.seconds(availability.code("retry_after"));
        var again = availability.bool("retryable");
        boolean says = wait != null || RetryHeaders.of(headers, Instant.now()).retryAfter() != null;
        if (again == null && paymentRequired && says && dialect.traits().contains(Trait.PASSING_402)) {
            again = true;
        }
        return new RetryHeaders(again, wait);
    }

    /** The status that an error inside a success would have come with; an unknown one is the server's fault. */
    private static int statusOf(JsonObject error, @Nullable String code, @Nullable String type) {
        for (var number : new @Nullable String[] {code, error.code("http_status"), error.code("status")}) {
            if (number != null && number.matches("[45]\\d\\d")) {
                return Integer.parseInt(number);
            }
        }
        return Stream.of(statusOf(code), statusOf(type), SERVER_ERROR)
                .filter(status -> status != 0)
                .findFirst()
                .orElseThrow();
    }

    private static int statusOf(@Nullable String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "invalid_request_error", "invalid_request", "badrequesterror", "context_length_exceeded" -> 400;
            case "authentication_error", "invalid_api_key", "authenticationerror" -> 401;
            case "payment_required", "billing_error" -> PAYMENT_REQUIRED;
            case "permission_error", "permission_denied", "permissiondeniederror" -> 403;
            case "not_found_error", "not_found", "model_not_found", "notfounderror" -> 404;
            case "conflict_error" -> 409;
            case "request_too_large", "payload_too_large" -> 413;
            case "rate_limit_exceeded", "rate_limit_error", "slow_down", "too_many_requests", "ratelimiterror" -> 429;
            case "provider_unavailable", "service_unavailable" -> 503;
            case "timeout", "timeout_error", "gateway_timeout", "request_timeout" -> 504;
            case "overloaded_error", "provider_overloaded", "overloaded", "engine_overloaded" -> 529;
            default -> 0;
        };
    }
}
