package dev.reprise.provider.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Finds secrets in a text: as they are, in the {@linkplain Spelling spellings} that encoders make, within base64 of either
 * alphabet, and in part where the text was cut. Takes time by the length of the text. Thread-safe.
 */
final class SecretFinder {

    private static final String STARS = "***";
    /** So much of a secret at the end of a text was cut off there; elsewhere it takes more, and half of it. */
    private static final int LEAST_AT_THE_END = 8;

    private static final int LEAST_PART = 12;

    private final List<String> forms;
    private final boolean[] first = new boolean[128];

    /** @param secrets what to find, of ASCII */
    SecretFinder(Collection<String> secrets) {
        var all = new LinkedHashSet<String>();
        secrets.forEach(secret -> {
            all.add(secret);
            all.addAll(encoded(secret));
        });
        forms = all.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        forms.forEach(form -> first[form.charAt(0) & 127] = true);
    }

    /** The text with stars in the place of each secret. */
    String hide(String text) {
        StringBuilder shown = null;
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Spelling.begins(c) || (c < first.length && first[c])) {
                int end = end(text, i);
                if (end > i) {
                    shown = shown == null ? new StringBuilder(text.length()) : shown;
                    shown.append(text, done, i).append(STARS);
                    done = end;
                    i = end - 1;
                }
            }
        }
        return shown == null ? text : shown.append(text, done, text.length()).toString();
    }

    /** Where the secret ends that begins at a place, or -1 when none does. */
    private int end(String text, int start) {
        int longest = -1;
        for (String form : forms) {
            longest = Math.max(longest, end(text, start, form));
        }
        return longest;
    }

    private static int end(String text, int start, String form) {
        int at = start;
        int matched = 0;
        while (matched < form.length() && at < text.length()) {
            var spelled = Spelling.at(text, at);
            if (spelled != null && spelled.character() == Spelling.CUT) {
                at = spelled.end();
            } else if (spelled != null && spelled.character() == form.charAt(matched)) {
                at = spelled.end();
                matched++;
            } else if (text.charAt(at) == form.charAt(matched)) {
                at++;
                matched++;
            } else {
                break;
            }
        }
        boolean whole = matched == form.length();
        boolean part = matched >= LEAST_PART && 2 * matched >= form.length();
        boolean cut = at == text.length() && matched >= LEAST_AT_THE_END;
        return whole || part || cut ? at : -1;
    }

    /** What base64 makes of a secret within anything: its inner characters, for each of three places to begin at. */
    private static Collection<String> encoded(String secret) {
        var forms = new LinkedHashSet<String>();
        for (int before = 0; before < 3; before++) {
            var bytes = ("\0".repeat(before) + secret).getBytes(StandardCharsets.US_ASCII);
            int from = (before * 8 + 5) / 6;
            int to = bytes.length * 8 / 6;
            if (to - from >= LEAST_PART) {
                forms.add(Base64.getEncoder().encodeToString(bytes).substring(from, to));
                forms.add(Base64.getUrlEncoder().encodeToString(bytes).substring(from, to));
            }
        }
        return forms;
    }
}
