package dev.reprise.testkit;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider that answers from a script and records what it was asked, for tests of apps and of this library.
 *
 * <p>A script is a list of outcomes, one for each call in the order in which calls begin, or a function. A fake without
 * a script answers every call with {@code answer to: } and the last turn. It obeys cancellation, interrupts, the timeout
 * of a call and, where it streams, the idle timeout. Thread-safe.
 */
public final class FakeProvider implements Provider {

    private final String name;
    private final @Nullable String model;
    private final List<ModelProfile> profiles;
    private final Script script;
    private final FakeAnswer.Usual usual;
    private final @Nullable VirtualClock clock;
    private final FakeCallLog log = new FakeCallLog();

    private FakeProvider(Builder builder) {
        name = builder.name;
        model = builder.model;
        profiles = List.copyOf(builder.profiles);
        script = builder.script();
        usual = new FakeAnswer.Usual(builder.latency, builder.usage);
        clock = builder.clock;
    }

    /** A fake without a script. */
    public static FakeProvider create() {
        return builder().build();
    }

    /** Starts a fake named {@code fake} with the default model {@code fake-model}. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable String defaultModel() {
        return model;
    }

    @Override
    public ModelProfile profile(String of) {
        return profiles.stream()
                .filter(profile -> of.startsWith(profile.model()))
                .findFirst()
                .map(profile -> profile.forModel(of))
                .orElseGet(() -> ModelProfile.unknown(of));
    }

    @Override
    public List<ModelProfile> models() {
        return profiles;
    }

    @Override
    public ProviderReply call(ProviderRequest request, CallControl control) throws InterruptedException {
        var time = clock == null ? InstantSource.system() : clock;
        var call = log.begin(request, control.timeout(), time.instant());
        var ending = FakeCall.Ending.AS_SCRIPTED;
        try {
            var answer = new FakeAnswer(
                    script.outcome(request, call.number()),
                    request,
                    name + "-" + call.number(),
                    control,
                    clock == null ? Gate.real() : clock.gate());
            var reply = answer.make(usual);
            ending = answer.ending();
            return reply;
        } catch (InterruptedException e) {
            ending = FakeCall.Ending.INTERRUPTED;
            throw e;
        } finally {
            log.end(call, time.instant(), ending);
        }
    }

    /** The calls so far, in the order in which they began. */
    public List<FakeCall> calls() {
        return log.calls();
    }

    /** The call with a number, from 1. */
    public FakeCall call(int number) {
        return log.calls().get(number - 1);
    }

    /** How many calls have begun. */
    public int callCount() {
        return log.count();
    }

    /** How many calls are under way. */
    public int underWay() {
        return log.underWay();
    }

    /** How many calls have been under way at once, at most. */
    public int mostUnderWay() {
        return log.mostUnderWay();
    }

    /** Decides what a call does. Called on the calling thread, concurrently. */
    @FunctionalInterface
    public interface Script {

        /**
         * What a call does.
         *
         * @param request what was asked
         * @param number the call's number, from 1, over all calls of this provider
         */
        FakeOutcome outcome(ProviderRequest request, int number);
    }

    /** Builds a {@link FakeProvider}; not thread-safe. */
    public static final class Builder {
        private String name = "fake";
        private @Nullable String model = "fake-model";
        private final List<ModelProfile> profiles = new ArrayList<>();
        private final List<FakeOutcome> outcomes = new ArrayList<>();
        private @Nullable Script function;
        private @Nullable FakeOutcome otherwise;
        private Duration latency = Duration.ZERO;
        private Usage usage = Usage.of(10, 20);
        private @Nullable VirtualClock clock;

        private Builder() {}

        /** The name to register it by; default: {@code fake}. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** The model for requests that name none, or null for none; default: {@code fake-model}. */
        public Builder model(@Nullable String value) {
            model = value;
            return this;
        }

        /** Describes a model, or those whose names begin so; the first that fits counts. */
        public Builder profile(ModelProfile value) {
            profiles.add(value);
            return this;
        }

        /** The clock that latency and timeouts are measured by; default: the system's. */
        public Builder clock(VirtualClock value) {
            clock = value;
            return this;
        }

        /** How long a call takes whose outcome does not say; default: no time. */
        public Builder latency(Duration value) {
            latency = value;
            return this;
        }

        /** What an answer costs whose outcome does not say; default: 10 tokens in, 20 out. Failures cost nothing. */
        public Builder usage(Usage value) {
            usage = value;
            return this;
        }

        /** The next call does this. */
        public Builder then(FakeOutcome value) {
            outcomes.add(value);
            return this;
        }

        /** The next calls are answered with these texts. */
        public Builder replies(String... texts) {
            for (String text : texts) {
                then(FakeOutcome.reply(text));
            }
            return this;
        }

        /** The next call streams an answer in these pieces. */
        public Builder streams(String... deltas) {
            return then(FakeOutcome.streamed(deltas));
        }

        /** The next calls fail with these kinds. */
        public Builder fails(FailureKind... kinds) {
            for (FailureKind kind : kinds) {
                then(FakeOutcome.failure(kind));
            }
            return this;
        }

        /** The next call fails. */
        public Builder fails(GenerationFailure failure) {
            return then(FakeOutcome.failure(failure));
        }

        /** The next call meets a rate limit that asks for a wait. */
        public Builder retryAfter(Duration wait) {
            return then(FakeOutcome.retryAfter(wait));
        }

        /** The next call's answer is cut off at the cap on output tokens. */
        public Builder truncates(String text) {
            return then(FakeOutcome.truncated(text));
        }

        /** The next call is declined by the model. */
        public Builder refuses() {
            return then(FakeOutcome.stop("", StopReason.REFUSAL));
        }

        /** The next call pauses and wants a text given back. */
        public Builder pauses(String carry) {
            return then(FakeOutcome.paused(carry));
        }

        /** The next call is refused because of an optional parameter. */
        public Builder rejectsParameter(String parameter) {
            return then(FakeOutcome.parameterRejected(parameter));
        }

        /** The next call throws. */
        public Builder throwsException(RuntimeException exception) {
            return then(FakeOutcome.exception(exception));
        }

        /** The next call lasts until it is cut off. */
        public Builder hangs() {
            return then(FakeOutcome.hanging());
        }

        /** All calls after those do this; default: they fail, saying that the script has ended. */
        public Builder otherwise(FakeOutcome value) {
            otherwise = value;
            return this;
        }

        /** A function decides what each call does; instead of a list of outcomes. */
        public Builder script(Script value) {
            function = value;
            return this;
        }

        /**
         * The provider.
         *
         * @throws IllegalArgumentException when there are both a function and a list of outcomes
         */
        public FakeProvider build() {
            return new FakeProvider(this);
        }

        private Script script() {
            if (function != null) {
                if (!outcomes.isEmpty() || otherwise != null) {
                    throw new IllegalArgumentException("a script is a function or a list of outcomes, not both");
                }
                return function;
            }
            if (outcomes.isEmpty() && otherwise == null) {
                return (request, number) -> FakeOutcome.reply("answer to: " + lastTurn(request));
            }
            var list = List.copyOf(outcomes);
            var after = otherwise;
            return (request, number) -> {
                if (number <= list.size()) {
                    return list.get(number - 1);
                }
                return after != null
                        ? after
                        : FakeOutcome.failure(GenerationFailure.of(
                                FailureKind.UNKNOWN, "the script has no outcome for call " + number));
            };
        }

        private static String lastTurn(ProviderRequest request) {
            var messages = request.request().messages();
            return messages.get(messages.size() - 1).text();
        }
    }
}
