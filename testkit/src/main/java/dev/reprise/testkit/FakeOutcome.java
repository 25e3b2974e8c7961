package dev.reprise.testkit;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ProviderReply.Again.Cause;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a {@link FakeProvider} does: what arrives, when, and how it ends. Immutable.
 *
 * <p>Latency and usage that are not set are the provider's.
 */
public final class FakeOutcome {

    private final End end;
    private final List<String> deltas;
    private final @Nullable Duration latency;
    private final @Nullable Usage usage;

    private FakeOutcome(End end, List<String> deltas, @Nullable Duration latency, @Nullable Usage usage) {
        this.end = end;
        this.deltas = deltas;
        this.latency = latency;
        this.usage = usage;
    }

    /** A proper answer, in one piece and not streamed. */
    public static FakeOutcome reply(String text) {
        return stop(text, StopReason.END);
    }

    /** A proper answer that is streamed in these pieces. */
    public static FakeOutcome streamed(String... deltas) {
        return reply(String.join("", deltas)).afterStreaming(deltas);
    }

    /** An answer that ended for a reason, as a refusal or the cap on output tokens. */
    public static FakeOutcome stop(String text, StopReason reason) {
        return new FakeOutcome(new End.Stop(text, reason), List.of(), null, null);
    }

    /** An answer that was cut off at the cap on output tokens. */
    public static FakeOutcome truncated(String text) {
        return stop(text, StopReason.MAX_TOKENS);
    }

    /** A failure with the kind's usual blame and retryability. */
    public static FakeOutcome failure(FailureKind kind) {
        return failure(GenerationFailure.of(kind, "scripted failure"));
    }

    /** A failure. */
    public static FakeOutcome failure(GenerationFailure failure) {
        return new FakeOutcome(new End.Fail(failure), List.of(), null, null);
    }

    /** A rate limit that asks for a wait. */
    public static FakeOutcome retryAfter(Duration wait) {
        return failure(GenerationFailure.builder(FailureKind.RATE_LIMITED, "scripted rate limit")
                .status(429)
                .retryAfter(wait)
                .build());
    }

    /**
     * A pause of a long turn.
     *
     * @param carry what comes back with the next call, in {@link dev.reprise.provider.ProviderRequest#carry()}
     */
    public static FakeOutcome paused(String carry) {
        var failure = GenerationFailure.of(FailureKind.UNKNOWN, "scripted pause");
        return new FakeOutcome(new End.Repeat(Cause.PAUSED, carry, failure), List.of(), null, null);
    }

    /**
     * A refusal of an optional parameter.
     *
     * @param parameter its name, which comes back with the next call
     */
    public static FakeOutcome parameterRejected(String parameter) {
        var failure = GenerationFailure.of(FailureKind.INVALID_REQUEST, "scripted refusal of " + parameter);
        return new FakeOutcome(new End.Repeat(Cause.PARAMETER_REJECTED, parameter, failure), List.of(), null, null);
    }

    /** An exception, as of a provider with a bug. */
    public static FakeOutcome exception(RuntimeException exception) {
        return new FakeOutcome(new End.Throw(exception), List.of(), null, null);
    }

    /** No answer: the call lasts until it is cancelled, interrupted or out of time. */
    public static FakeOutcome hanging() {
        return new FakeOutcome(new End.Hang(), List.of(), null, null);
    }

    /** The same with pieces of text that are streamed before the end, spread over the latency. */
    public FakeOutcome afterStreaming(String... pieces) {
        return new FakeOutcome(end, List.of(pieces), latency, usage);
    }

    /** The same after a wait, measured on the provider's clock. */
    public FakeOutcome after(Duration wait) {
        return new FakeOutcome(end, deltas, wait, usage);
    }

    /** The same with a usage, which counts however the call ends, cancelled or timed out included. */
    public FakeOutcome using(Usage spent) {
        return new FakeOutcome(end, deltas, latency, spent);
    }

    End end() {
        return end;
    }

    List<String> deltas() {
        return deltas;
    }

    @Nullable
    Duration latency() {
        return latency;
    }

    @Nullable
    Usage usage() {
        return usage;
    }

    /** How a call ends when nobody cuts it off. */
    sealed interface End {
        record Stop(String text, StopReason reason) implements End {}

        record Fail(GenerationFailure failure) implements End {}

        record Repeat(Cause cause, String carry, GenerationFailure failure) implements End {}

        record Throw(RuntimeException exception) implements End {}

        record Hang() implements End {}
    }
}
