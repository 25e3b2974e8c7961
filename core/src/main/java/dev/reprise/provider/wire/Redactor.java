package dev.reprise.provider.wire;

import dev.reprise.display.CleanText;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.provider.ProviderReply.Failed;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The gate that everything passes which a provider says about an answer, before it reaches a message, a row, a log or a
 * terminal: secrets are hidden, then control characters are taken out, then it is cut. Thread-safe. Its
 * {@link #toString()} shows nothing.
 */
public final class Redactor {

    private static final int MAX_LENGTH = 1_000;
    /** Far more than is shown: looking through all of a text of megabytes for what is cut off anyway would take long. */
    private static final int MAX_READ = 20 * MAX_LENGTH;

    private static final String STARS = "***";
    /** What is shorter is a word of ordinary text, and hidden only where a key is expected. */
    private static final int SHORTEST_SECRET = 8;

    /** Providers echo keys in part, as {@code sk-abc...xyz}, which no exact match finds. */
    private static final Pattern KEY_SHAPED =
            Pattern.compile("\\b(sk|key|pk|rk)-[\\w*.\\-]{6,}|(?<=[Bb]earer )[^\\s\"',}]{6,}");

    private final SecretFinder finder;
    private final @Nullable Pattern shortSecrets;

    /** Remembers what must never be shown. */
    public Redactor(Collection<String> secrets) {
        finder = new SecretFinder(secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .toList());
        var words = secrets.stream()
                .filter(secret -> !secret.isBlank() && secret.length() < SHORTEST_SECRET)
                .toList();
        shortSecrets = words.isEmpty() ? null : shortSecrets(words);
    }

    private static Pattern shortSecrets(List<String> words) {
        var any = words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile("((?i:bearer|key|token|provided)\\W{1,5})(?:" + any + ")(?!\\w)");
    }

    /** The text without secrets, on one line, at most 1,000 characters. */
    public String clean(String text) {
        return clean(text, MAX_LENGTH);
    }

    /** The text without secrets, on one line, cut after some characters. */
    String clean(String text, int most) {
        return CleanText.shortened(line(text), most);
    }

    /** A code, an id or a word without secrets, on one line, at most 200 characters; null stays null. */
    public @Nullable String word(@Nullable String text) {
        return text == null ? null : CleanText.cut(line(text), CleanText.MAX_WORD);
    }

    /** A reply with nothing but what may be shown beside its text. */
    public ProviderReply clean(ProviderReply reply) {
        if (reply instanceof Completed completed) {
            return new Completed(
                    completed.text(),
                    completed.stopReason(),
                    word(completed.rawStopReason()),
                    clean(completed.exchange()),
                    completed.media());
        }
        if (reply instanceof Again again) {
            return new Again(again.cause(), again.carry(), clean(again.failure()), clean(again.exchange()));
        }
        var failed = (Failed) reply;
        return new Failed(clean(failed.failure()), failed.text(), clean(failed.exchange()));
    }

    private Exchange clean(Exchange exchange) {
        return new Exchange(word(exchange.requestId()), exchange.usage(), exchange.sent());
    }

    private GenerationFailure clean(GenerationFailure failure) {
        return failure.toBuilder()
                .message(line(failure.message()))
                .code(word(failure.code()))
                .requestId(word(failure.requestId()))
                .build();
    }

    /** Once more hidden at the end: what was taken out may have stood in the middle of a secret. */
    private String line(String text) {
        return hide(CleanText.line(hide(CleanText.cut(text, MAX_READ))));
    }

    /** The text without secrets, whatever its length. */
    public String hide(String text) {
        var shown = finder.hide(text);
        if (shortSecrets != null) {
            shown = shortSecrets.matcher(shown).replaceAll("$1" + STARS);
        }
        return KEY_SHAPED.matcher(shown).replaceAll(STARS);
    }

    @Override
    public String toString() {
        return "Redactor";
    }
}
