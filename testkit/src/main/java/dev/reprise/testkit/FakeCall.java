package dev.reprise.testkit;

import dev.reprise.generation.Message;
import dev.reprise.provider.ProviderRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that a {@link FakeProvider} was given, as it stood when it was looked at.
 *
 * @param number its number, from 1, in the order in which calls began
 * @param request what was asked
 * @param timeout how long it might take
 * @param startedAt when it began, by the provider's clock
 * @param endedAt when it ended, or null while it is under way
 * @param ending how it ended
 */
public record FakeCall(
        int number,
        ProviderRequest request,
        Duration timeout,
        Instant startedAt,
        @Nullable Instant endedAt,
        Ending ending) {

    /** The last turn of the conversation: what the model is to answer. */
    public String lastTurn() {
        var messages = request.request().messages();
        return messages.get(messages.size() - 1).text();
    }

    /** The whole conversation, a line for each turn. */
    public String conversation() {
        return String.join(
                "\n", request.request().messages().stream().map(Message::text).toList());
    }

    FakeCall ended(Instant when, Ending how) {
        return new FakeCall(number, request, timeout, startedAt, when, how);
    }

    /** How a call ended. */
    public enum Ending {
        /** It has not ended. */
        UNDER_WAY,
        /** As the script says: with an answer, a failure or an exception. */
        AS_SCRIPTED,
        /** It was cancelled. */
        CANCELLED,
        /** Its time was over, or its stream was silent for too long. */
        TIMED_OUT,
        /** Its thread was interrupted. */
        INTERRUPTED
    }
}
