package dev.reprise.listening;

import dev.reprise.event.GenerationEvent;
import dev.reprise.generation.Generation;
import dev.reprise.generation.ReferenceImage;
import org.jspecify.annotations.Nullable;

/** About how many bytes of memory an event takes while it waits for its listeners. */
final class EventSize {

    private static final long EVENT = 256;
    private static final int BYTES_PER_CHARACTER = 2;

    private EventSize() {}

    static long of(GenerationEvent event) {
        if (event instanceof GenerationEvent.TextDelta delta) {
            return EVENT + of(delta.text());
        }
        return event instanceof GenerationEvent.Finished finished ? EVENT + of(finished.generation()) : EVENT;
    }

    private static long of(Generation generation) {
        var result = generation.result();
        long size = result == null ? 0 : of(result.rawText()) + of(result.output());
        for (var message : generation.request().messages()) {
            size += of(message.text());
        }
        for (var image : generation.request().images()) {
            size += image instanceof ReferenceImage.Inline inline ? inline.size() : 0;
        }
        for (var attempt : generation.attempts()) {
            size += of(attempt.exchange().text());
        }
        return size;
    }

    private static long of(@Nullable String text) {
        return text == null ? 0 : (long) BYTES_PER_CHARACTER * text.length();
    }
}
