package dev.reprise.provider.anthropic;

import dev.reprise.failure.FailureKind;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.wire.BodyText;
import dev.reprise.provider.wire.ErrorDetail;
import dev.reprise.provider.wire.HttpKinds;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Anthropic's errors ("Claude API errors" at platform.claude.com): the status decides, or the type where the
 * status says success; a billing code decides before both.
 */
final class AnthropicErrors {

    /** Limits that stay until somebody raises them; ramp_limit_exceeded, beside them, passes by itself. */
    private static final Set<String> BILLING_CODES =
            Set.of("enforced_spend_limit_reached", "contract_spend_limit_reached");

    private AnthropicErrors() {}

    /** Whether a body, or an event's data, states an error. */
    static boolean isError(JsonObject body) {
        return "error".equals(body.string("type")) || body.get("error") != null;
    }

    /** The error of a body that may be the protocol's, another's, or no JSON at all. */
    static ErrorDetail read(int status, byte[] body) {
        var json = BodyText.json(body);
        if (json != null && isError(json)) {
            return read(status, json);
        }
        return ErrorDetail.foreign(status, body);
    }

    /** The error of a body or an event's data. */
    static ErrorDetail read(int status, JsonObject body) {
        var error = body.object("error");
        if (error == null) {
            var text = body.string("error");
            return new ErrorDetail(
                    kind(status, null, null), null, null, text != null ? text : "an error without details");
        }
        var type = error.string("type");
        var code = error.objectOrEmpty("details").code("error_code");
        code = code != null ? code : error.code("code");
        var message = error.string("message");
        return new ErrorDetail(
                kind(status, type, code), code != null ? code : type, null, message != null ? message : "no message");
    }

    private static FailureKind kind(int status, @Nullable String type, @Nullable String code) {
        if (code != null && BILLING_CODES.contains(code)) {
            return FailureKind.QUOTA;
        }
        return HttpKinds.of(HttpKinds.success(status) ? statusOf(type) : status);
    }

    /** The status that an error type comes with; an unknown type counts as a fault of the server. */
    private static int statusOf(@Nullable String type) {
        return switch (type == null ? "" : type) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "conflict_error" -> 409;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 500;
        };
    }
}
