package dev.reprise.provider.wire;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text that came from a provider or a library, and cuts it to a length fit for a message.
 * Thread-safe. Its {@link #toString()} shows nothing.
 */
public final class Redactor {

    private static final int MAX_LENGTH = 1_000;
    private static final String STARS = "***";
    /** Providers echo keys in part, as {@code sk-abc...xyz}, which no exact match finds. */
    private static final Pattern KEY_SHAPED =
            Pattern.compile("\\b(sk|key|pk|rk)-[\\w*.\\-]{6,}|(?<=[Bb]earer )[^\\s\"',}]{6,}");

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\s\\p{Cntrl}]+");

    private final List<String> secrets;

    /** Remembers what must never be shown. */
    public Redactor(Collection<String> secrets) {
        this.secrets = secrets.stream()
                .filter(secret -> !secret.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The text without secrets, on one line, at most 1,000 characters. */
    public String clean(String text) {
        var shown = UNPRINTABLE.matcher(hide(text)).replaceAll(" ").strip();
        return shown.length() <= MAX_LENGTH ? shown : shown.substring(0, MAX_LENGTH) + "...";
    }

    /** The text without secrets, whatever its length. */
    public String hide(String text) {
        var shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, STARS);
        }
        return KEY_SHAPED.matcher(shown).replaceAll(STARS);
    }

    @Override
    public String toString() {
        return "Redactor";
    }
}
