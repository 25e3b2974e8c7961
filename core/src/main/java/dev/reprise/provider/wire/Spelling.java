package dev.reprise.provider.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One character of a text in a spelling that encoders make: JSON's {@code \/} and {@code \}{@code u002b}, a URL's
 * {@code %2B}, HTML's references by number and by name; encoded more than once, too.
 *
 * @param character what it spells
 * @param end where the spelling ends, or the text in the middle of it
 */
record Spelling(char character, int end) {

    /** The text ends in the middle of what may spell anything. */
    static final char CUT = '\uffff';

    private static final int MOST_LEVELS = 4;
    private static final int LONGEST_NUMBER = 10;
    private static final Map<String, Character> NAMES = Map.ofEntries(
            Map.entry("amp", '&'),
            Map.entry("lt", '<'),
            Map.entry("gt", '>'),
            Map.entry("quot", '"'),
            Map.entry("apos", '\''),
            Map.entry("plus", '+'),
            Map.entry("sol", '/'),
            Map.entry("equals", '='),
            Map.entry("colon", ':'),
            Map.entry("period", '.'),
            Map.entry("lowbar", '_'),
            Map.entry("hyphen", '-'),
            Map.entry("dash", '-'),
            Map.entry("num", '#'),
            Map.entry("excl", '!'),
            Map.entry("ast", '*'),
            Map.entry("commat", '@'),
            Map.entry("dollar", '$'),
            Map.entry("percnt", '%'));

    /** Whether a spelling may begin with a character. */
    static boolean begins(char c) {
        return c == '\\' || c == '%' || c == '&';
    }

    /** What is spelled at a place, or null when nothing is. */
    static @Nullable Spelling at(String text, int start) {
        return switch (text.charAt(start)) {
            case '\\' -> escaped(text, start);
            case '%' -> percent(text, start);
            case '&' -> entity(text, start);
            default -> null;
        };
    }

    private static Spelling escaped(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) == '\\' && at - start < MOST_LEVELS) {
            at++;
        }
        if (at == text.length()) {
            return new Spelling(CUT, at);
        }
        char kind = text.charAt(at);
        if (kind == 'u' || kind == 'x') {
            var hex = hex(text, at + 1, kind == 'u' ? 4 : 2);
            return hex != null ? hex : new Spelling(kind, at + 1);
        }
        return new Spelling(kind, at + 1);
    }

    private static @Nullable Spelling percent(String text, int start) {
        int at = start + 1;
        for (int level = 1; level < MOST_LEVELS && text.startsWith("25", at); level++) {
            at += 2;
        }
        return hex(text, at, 2);
    }

    private static @Nullable Spelling entity(String text, int start) {
        int at = start + 1;
        for (int level = 1; level < MOST_LEVELS && text.startsWith("amp;", at); level++) {
            at += 4;
        }
        int end = at;
        while (end < text.length() && end - at < LONGEST_NUMBER && text.charAt(end) != ';') {
            end++;
        }
        if (end == text.length()) {
            return new Spelling(CUT, end);
        }
        var name = text.substring(at, end);
        int after = text.charAt(end) == ';' ? end + 1 : end;
        if (name.startsWith("#")) {
            boolean hex = name.startsWith("#x") || name.startsWith("#X");
            return number(name.substring(hex ? 2 : 1), hex ? 16 : 10, after);
        }
        var named = NAMES.get(name);
        // An ampersand that is encoded itself, and ends there.
        return named != null ? new Spelling(named, after) : at > start + 1 ? new Spelling('&', at) : null;
    }

    private static @Nullable Spelling hex(String text, int start, int digits) {
        int end = Math.min(text.length(), start + digits);
        if (end - start < digits) {
            return new Spelling(CUT, end);
        }
        return number(text.substring(start, end), 16, end);
    }

    private static @Nullable Spelling number(String digits, int radix, int end) {
        try {
            int value = Integer.parseInt(digits, radix);
            return value > 0 && value < CUT ? new Spelling((char) value, end) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
