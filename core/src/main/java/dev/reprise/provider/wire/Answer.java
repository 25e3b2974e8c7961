package dev.reprise.provider.wire;

import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** How far one HTTP exchange came. */
public sealed interface Answer {

    /**
     * No answer began.
     *
     * @param interruption why
     * @param unsent whether the provider can have processed nothing of the request
     */
    record None(Interruption interruption, boolean unsent) implements Answer {}

    /**
     * An answer whose body is one piece.
     *
     * @param status the HTTP status
     * @param headers the HTTP headers
     * @param body what arrived of the body, decompressed
     * @param interruption what ended the body early, or null when it came to its end
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Whole(
            int status,
            Headers headers,
            byte[] body,
            @Nullable Interruption interruption) implements Answer {}

    /**
     * An answer that was a stream of events, which have been read already.
     *
     * @param status the HTTP status
     * @param headers the HTTP headers
     * @param stray the first words that stood in the stream outside any event, or null
     * @param interruption what ended the stream early, or null when it came to its end or its reader had enough
     */
    record Streamed(
            int status,
            Headers headers,
            @Nullable String stray,
            @Nullable Interruption interruption) implements Answer {}
}
