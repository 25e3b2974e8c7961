package dev.reprise.provider.anthropic;

import dev.reprise.generation.Sent;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.provider.wire.Carry;
import org.jspecify.annotations.Nullable;

/**
 * What has been asked in the call whose answer is read.
 *
 * @param sent what went into the body
 * @param carry what the task brought along from its previous call
 * @param droppable whether the body holds the caller's temperature, which the call can be made again without
 */
record Asked(Sent sent, Carry carry, boolean droppable) {

    Exchange exchange(@Nullable String requestId, Usage usage) {
        return new Exchange(requestId, usage, sent);
    }
}
