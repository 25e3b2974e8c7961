package dev.reprise.provider.wire;

import java.io.IOException;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps from OkHttp what it would answer with an exception instead of giving the answer: a Retry-After of ten or more
 * digits on a 503, which it reads as an int, and a 407 of a proxy that it does not know of.
 */
final class ResponseShield implements Interceptor {

    private static final String NAME = "retry-after";
    private static final String HIDDEN = "x-reprise-retry-after";
    private static final String STATUS = "x-reprise-status";
    private static final Pattern TOO_LONG = Pattern.compile("\\d{10,}");
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final int BAD_REQUEST = 400;

    @Override
    public Response intercept(Chain chain) throws IOException {
        var response = chain.proceed(chain.request());
        var shielded = response.newBuilder().removeHeader(HIDDEN).removeHeader(STATUS);
        var value = response.header(NAME);
        if (value != null && TOO_LONG.matcher(value).matches()) {
            shielded.removeHeader(NAME).header(HIDDEN, value);
        }
        if (response.code() == PROXY_AUTHENTICATION_REQUIRED) {
            shielded.code(BAD_REQUEST).header(STATUS, String.valueOf(PROXY_AUTHENTICATION_REQUIRED));
        }
        return shielded.build();
    }

    /** The headers as the server sent them. */
    static Headers headers(Response response) {
        var headers = response.headers();
        var value = headers.get(HIDDEN);
        var restored = headers.newBuilder().removeAll(HIDDEN).removeAll(STATUS);
        return (value == null ? restored : restored.set(NAME, value)).build();
    }

    /** The status as the server sent it. */
    static int status(Response response) {
        return response.header(STATUS) == null ? response.code() : PROXY_AUTHENTICATION_REQUIRED;
    }
}
