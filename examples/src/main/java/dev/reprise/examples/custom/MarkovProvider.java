package dev.reprise.examples.custom;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Sent;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * A model of one's own: a Markov chain over the words of the prompt, which says them anew, word by word.
 *
 * <p>What any provider owes the library: one call makes one request and never retries; it streams what it has; it
 * ends within 200 ms when its {@link CallControl} cuts it off; expected failures are values; and it says what the call
 * has spent, even when the call failed. Retries, storage, time limits and listeners are the library's.
 */
final class MarkovProvider implements Provider {

    private static final int DEFAULT_WORDS = 60;

    private final Duration perWord;
    private final IntConsumer cutOff;

    /**
     * A provider that takes its time.
     *
     * @param perWord how long each word takes
     * @param cutOff told after how many words a call was cut off
     */
    MarkovProvider(Duration perWord, IntConsumer cutOff) {
        this.perWord = perWord;
        this.cutOff = cutOff;
    }

    /** The name under which requests are stored: every process that runs them must know a provider of this name. */
    @Override
    public String name() {
        return "markov";
    }

    @Override
    public String defaultModel() {
        return "pairs-of-words";
    }

    /** A temperature would mean nothing here; so variations are told apart by a text added to the prompt. */
    @Override
    public ModelProfile profile(String model) {
        return ModelProfile.unknown(model).withTemperature(ModelProfile.Support.NO);
    }

    @Override
    public ProviderReply call(ProviderRequest request, CallControl control) throws InterruptedException {
        var asked = request.request();
        var words = new MarkovChain(asked.prompt()).walk();
        int most = Objects.requireNonNullElse(asked.maxOutputTokens(), DEFAULT_WORDS);
        var stop = new CountDownLatch(1);
        control.onCancel(stop::countDown); // the app cancels, time is up, or the client closes
        var text = new StringBuilder();
        for (int spoken = 0; spoken < most; spoken++) {
            if (stop.await(perWord.toNanos(), TimeUnit.NANOSECONDS)) {
                cutOff.accept(spoken);
                return new ProviderReply.Failed(
                        GenerationFailure.of(FailureKind.CANCELLED, "cut off"),
                        text.toString(),
                        spent(request, spoken));
            }
            if (!words.hasNext()) {
                return new ProviderReply.Completed(text.toString(), StopReason.END, null, spent(request, spoken));
            }
            var word = (spoken == 0 ? "" : " ") + words.next();
            text.append(word);
            control.text(word);
        }
        // Not a success: the library turns it into a failure of kind TRUNCATED, and keeps the text.
        return new ProviderReply.Completed(text.toString(), StopReason.MAX_TOKENS, null, spent(request, most));
    }

    private static ProviderReply.Exchange spent(ProviderRequest request, int spoken) {
        var usage = Usage.of(MarkovChain.words(request.request().prompt()).size(), spoken);
        return new ProviderReply.Exchange(null, usage, new Sent(request.model(), Map.of(), null));
    }
}
