package dev.reprise.provider.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Gives each call its own time limits in the place of the client's: the idle timeout for connecting and for the silence
 * before and between the events of a stream. The time of the whole call bounds all the rest.
 */
final class TimeLimits implements Interceptor {

    /**
     * What a call is limited to.
     *
     * @param idle how long nothing may happen
     * @param streamed whether that also goes for its answer
     */
    record Limits(Duration idle, boolean streamed) {}

    @Override
    public Response intercept(Chain chain) throws IOException {
        var limits = Objects.requireNonNull(chain.request().tag(Limits.class));
        int idle = (int) Math.min(Math.max(limits.idle().toMillis(), 1), Integer.MAX_VALUE);
        return chain.withConnectTimeout(idle, TimeUnit.MILLISECONDS)
                .withReadTimeout(limits.streamed() ? idle : 0, TimeUnit.MILLISECONDS)
                .withWriteTimeout(0, TimeUnit.MILLISECONDS)
                .proceed(chain.request());
    }
}
