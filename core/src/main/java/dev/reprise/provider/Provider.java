package dev.reprise.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request into a response: the SPI to bring a model of one's own.
 *
 * <p>Thread-safe; called concurrently. A provider makes exactly one request for each {@link #call}: it never retries and
 * never sleeps, because retries are the stored schedule's. It keeps no state that a restart may not lose.
 */
public interface Provider {

    /** The name that requests and stored tasks refer to it by; at most 100 characters, the same in every process. */
    String name();

    /** The model for requests that name none, or null when the app has set none. */
    @Nullable
    String defaultModel();

    /** What a model takes, as far as is known; a model nobody described has a profile of unknowns. */
    ModelProfile profile(String model);

    /** The models that are described, to build a form from; possibly none. */
    default List<ModelProfile> models() {
        return List.of();
    }

    /**
     * Makes one provider call and waits for its end.
     *
     * <p>Expected failures are values. An exception counts as a failure of unknown kind that is not retried; null, or a
     * reply that lacks what it must have, as one of kind {@code PROCESSOR}. When
     * {@link CallControl#onCancel the call is cancelled} it returns within 200 ms; what it returns then is used for its
     * usage only.
     *
     * @param request what to send
     * @param control the call's time limits, its cancellation, and where streamed text goes
     * @throws InterruptedException when the thread is interrupted, which ends the call; unless the call was cancelled as
     *     well, the generation has failed with {@link dev.reprise.failure.FailureKind#CANCELLED}
     */
    ProviderReply call(ProviderRequest request, CallControl control) throws InterruptedException;
}
