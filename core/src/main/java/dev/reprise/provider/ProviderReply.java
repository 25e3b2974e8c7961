package dev.reprise.provider;

import dev.reprise.display.CleanText;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Media;
import dev.reprise.generation.Sent;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a provider call ended. */
public sealed interface ProviderReply {

    /** What went over the wire. */
    Exchange exchange();

    /**
     * What went over the wire, whatever became of it.
     *
     * @param requestId the provider's id of the request, or null
     * @param usage what the call spent, as far as is known
     * @param sent what was really sent
     */
    record Exchange(@Nullable String requestId, Usage usage, Sent sent) {

        /** Makes one line of the provider's id, cut after 200 characters. */
        public Exchange {
            requestId = CleanText.word(requestId);
        }
    }

    /**
     * The provider answered properly. Whether the answer is a success is told from the stop reason, the same way for
     * all providers: see {@link StopRules}.
     *
     * @param text the text; may be empty, which makes it a failure unless there is media
     * @param stopReason why the model stopped
     * @param rawStopReason the provider's own word, or null
     * @param media what was delivered besides the text, in order; mostly nothing
     */
    record Completed(
            String text, StopReason stopReason, @Nullable String rawStopReason, Exchange exchange, List<Media> media)
            implements ProviderReply {

        /** Copies the list; makes one line of the provider's word, cut after 200 characters. */
        public Completed {
            rawStopReason = CleanText.word(rawStopReason);
            media = List.copyOf(media);
        }

        /** An answer of nothing but a text. */
        public Completed(String text, StopReason stopReason, @Nullable String rawStopReason, Exchange exchange) {
            this(text, stopReason, rawStopReason, exchange, List.of());
        }
    }

    /**
     * The call failed.
     *
     * @param failure why
     * @param text what had arrived before, or null
     */
    record Failed(GenerationFailure failure, @Nullable String text, Exchange exchange) implements ProviderReply {}

    /**
     * The call must be made once more, changed; at once, and not counted by the retry schedule.
     *
     * @param cause why
     * @param carry what to give back to the provider with the next call; stored with the task
     * @param failure what it fails with when it must not be made again because there were too many
     */
    record Again(Cause cause, String carry, GenerationFailure failure, Exchange exchange) implements ProviderReply {

        /** Why a call must be made once more. */
        public enum Cause {
            /** The provider refused optional parameters: each once, and at most eight times for a generation. */
            PARAMETER_REJECTED,
            /** The provider paused a long turn; at most five times for a generation. */
            PAUSED
        }
    }
}
