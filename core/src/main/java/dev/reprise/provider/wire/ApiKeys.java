package dev.reprise.provider.wire;

import dev.reprise.failure.InvalidRequestException;
import okhttp3.HttpUrl;

/** Checks of what an app configures a provider with; no message shows a secret. */
public final class ApiKeys {

    private static final String HIDDEN = "***";

    private ApiKeys() {}

    /**
     * A key, a token or another secret header value that can be sent as it is.
     *
     * @throws InvalidRequestException when it is blank or holds what a header cannot
     */
    public static String check(String field, String value) {
        if (value.isBlank()) {
            throw new InvalidRequestException(field, HIDDEN, "must not be blank");
        }
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidRequestException(field, HIDDEN, "must be printable ASCII without spaces");
        }
        return value;
    }

    /**
     * A base URL.
     *
     * @throws InvalidRequestException when it is no http or https URL, or holds a user, a query or a fragment
     */
    public static HttpUrl baseUrl(String value) {
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
        return url;
    }
}
