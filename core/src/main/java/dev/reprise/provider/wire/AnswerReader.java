package dev.reprise.provider.wire;

import dev.reprise.generation.Usage;
import dev.reprise.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts an answer together, from its events or from the one piece it came in: the same way, so that neither is read more
 * narrowly than the other.
 */
public interface AnswerReader extends EventReader {

    /** Takes an answer that came in one piece. */
    void whole(JsonObject body);

    /** What the protocol calls an answer, as {@code a message}. */
    String noun();

    /** Whether there has been anything of an answer. */
    boolean begun();

    /** Whether the answer came to its proper end. */
    boolean ended();

    /** Whether a stream that has ended without a break is whole, although the protocol's own end has not come. */
    boolean endsWithItsStream();

    /** The error that ended the stream, or null. */
    @Nullable
    StatedError error();

    /** What stood in an event that could not be read, so that text may be missing; or null. */
    @Nullable
    String garbled();

    /** The text, the refusal and what was passed over. */
    ContentReader content();

    /** Why the model stopped. */
    Stop stop();

    /** Tokens spent so far. */
    Usage usage();

    /** How the model, or a filter, declined, or null when it did not. */
    @Nullable
    Refusal refusal();

    /** The blocks of a paused turn, which go back with the next call; empty when it has none. */
    List<? extends @Nullable Object> blocks();

    /** The provider's id of the request as the answer itself tells it, or null. */
    @Nullable
    String requestId();

    /**
     * An answer in which the model, or a filter, declined.
     *
     * @param code what an app decides by
     * @param message what is known of it
     */
    record Refusal(String code, String message) {}
}
