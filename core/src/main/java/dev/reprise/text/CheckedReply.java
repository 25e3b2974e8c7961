package dev.reprise.text;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Sent;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.provider.ProviderReply.Failed;
import org.jspecify.annotations.Nullable;

/** Replies of providers whose code is not checked for null: what is there of them is kept. */
final class CheckedReply {

    private CheckedReply() {}

    /**
     * The reply, or the failure of the provider's code when something is missing in it.
     *
     * @param provider the provider's name
     * @param planned what was to be sent
     */
    static ProviderReply of(@Nullable ProviderReply reply, String provider, Sent planned) {
        var missing = missing(reply);
        if (reply != null && missing == null) {
            return reply;
        }
        var exchange = complete(reply == null ? null : reply.exchange(), planned);
        var failure = GenerationFailure.builder(
                        FailureKind.PROCESSOR, "provider " + provider + " returned a reply without " + missing)
                .requestId(exchange.requestId())
                .build();
        return new Failed(failure, text(reply), exchange);
    }

    @SuppressWarnings("ConstantValue")
    private static @Nullable String missing(@Nullable ProviderReply reply) {
        if (reply == null) {
            return "anything: null";
        }
        var exchange = reply.exchange();
        if (exchange == null || exchange.usage() == null || exchange.sent() == null) {
            return "its exchange";
        }
        if (reply instanceof Completed completed) {
            return completed.text() == null ? "its text" : completed.stopReason() == null ? "its stop reason" : null;
        }
        if (reply instanceof Again again) {
            boolean whole = again.cause() != null && again.carry() != null && again.failure() != null;
            return whole ? null : "its cause, its carry or its failure";
        }
        return ((Failed) reply).failure() == null ? "its failure" : null;
    }

    private static @Nullable String text(@Nullable ProviderReply reply) {
        return reply instanceof Completed completed
                ? completed.text()
                : reply instanceof Failed failed ? failed.text() : null;
    }

    @SuppressWarnings("ConstantValue")
    private static Exchange complete(@Nullable Exchange exchange, Sent planned) {
        return exchange == null
                ? new Exchange(null, Usage.NONE, planned)
                : new Exchange(
                        exchange.requestId(),
                        exchange.usage() == null ? Usage.NONE : exchange.usage(),
                        exchange.sent() == null ? planned : exchange.sent());
    }
}
