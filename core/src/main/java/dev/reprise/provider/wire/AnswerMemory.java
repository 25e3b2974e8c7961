package dev.reprise.provider.wire;

import dev.reprise.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one answer may take of memory while it is read, whatever it is made of: bytes that wait to be read, the trees of
 * its JSON, and what is kept of it. An estimate that is rather too high. Of one call, and not thread-safe.
 */
public class AnswerMemory {

    /** What a stream may hold in all: most of it is passed over, and time is spent on it. */
    static final long MAX_STREAM = 256L << 20;

    /** For an answer that has been weighed as a whole. */
    static final AnswerMemory UNBOUNDED = new AnswerMemory(Long.MAX_VALUE) {
        @Override
        public void keep(long bytes) {
            // nothing is counted: it is shared
        }
    };

    private static final int BYTES_PER_CHARACTER = 2;

    private final long limit;
    private long kept;

    /** Memory for one answer, in bytes. */
    public AnswerMemory(long limit) {
        this.limit = limit;
    }

    /**
     * Keeps a text until the call is over.
     *
     * @throws AnswerTooLargeException when it does not fit any more
     */
    public void keep(String text) {
        keep((long) BYTES_PER_CHARACTER * text.length());
    }

    /**
     * Keeps a tree of JSON until the call is over.
     *
     * @throws AnswerTooLargeException when it does not fit any more
     */
    public void keepTree(Map<String, @Nullable Object> members) {
        keep(Json.memory(Json.writeBytes(members)));
    }

    /**
     * Keeps something until the call is over.
     *
     * @throws AnswerTooLargeException when it does not fit any more
     */
    public void keep(long bytes) {
        need(bytes);
        kept += bytes;
    }

    /** Something needs some bytes for a moment, beside what is kept. */
    void need(long bytes) {
        if (kept + bytes > limit) {
            throw new AnswerTooLargeException("an answer that takes more than " + shown(limit) + " of memory");
        }
    }

    /** A body, or the data of an event, is about to be read as JSON. */
    void needTree(byte[] utf8) {
        need(utf8.length + Json.memory(utf8));
    }

    private static String shown(long bytes) {
        return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }
}
