package dev.reprise.generation;

import dev.reprise.display.CleanText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a successful generation brought.
 *
 * @param rawText the model's text, untouched
 * @param output the text after the request's output processor; the raw text when it names none
 * @param metadata what the processor found out, for instance {@code fps}; empty when it names none
 * @param stopReason why the model stopped
 * @param rawStopReason the provider's own word for it, or null when it gave none
 * @param requestId the provider's id of the request, or null when it gave none
 * @param sent what was really sent
 * @param media what was delivered besides the text, in order; empty for a text
 */
public record GenerationResult(
        String rawText,
        String output,
        Map<String, String> metadata,
        StopReason stopReason,
        @Nullable String rawStopReason,
        @Nullable String requestId,
        Sent sent,
        List<Media> media) {

    /** Copies the map and the list; makes one line of the provider's word and id, cut after 200 characters. */
    public GenerationResult {
        rawStopReason = CleanText.word(rawStopReason);
        requestId = CleanText.word(requestId);
        metadata = Map.copyOf(metadata);
        media = List.copyOf(media);
    }

    /** A result of nothing but a text. */
    public GenerationResult(
            String rawText,
            String output,
            Map<String, String> metadata,
            StopReason stopReason,
            @Nullable String rawStopReason,
            @Nullable String requestId,
            Sent sent) {
        this(rawText, output, metadata, stopReason, rawStopReason, requestId, sent, List.of());
    }
}
