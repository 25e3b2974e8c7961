package dev.reprise.provider.wire;

import java.io.IOException;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps a Retry-After of ten or more digits from OkHttp, which on a 503 reads it as an int and throws
 * NumberFormatException out of the call instead of giving the answer.
 */
final class RetryAfterShield implements Interceptor {

    private static final String NAME = "retry-after";
    private static final String HIDDEN = "x-reprise-retry-after";
    private static final Pattern TOO_LONG = Pattern.compile("\\d{10,}");

    @Override
    public Response intercept(Chain chain) throws IOException {
        var response = chain.proceed(chain.request());
        var value = response.header(NAME);
        return value == null || !TOO_LONG.matcher(value).matches()
                ? response
                : response.newBuilder().removeHeader(NAME).header(HIDDEN, value).build();
    }

    /** The headers as the provider sent them. */
    static Headers restored(Headers headers) {
        var value = headers.get(HIDDEN);
        return value == null
                ? headers
                : headers.newBuilder().removeAll(HIDDEN).set(NAME, value).build();
    }
}
