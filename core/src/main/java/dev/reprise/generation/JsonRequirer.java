package dev.reprise.generation;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import java.util.Map;

/** Accepts what is one JSON value (RFC 8259), as strictly as whoever reads the output may do. */
final class JsonRequirer implements OutputProcessor {

    private static final String ESCAPED = "\"\\/bfnrtu";

    @Override
    public ProcessedOutput process(String text, Map<String, String> settings) {
        var stripped = text.strip();
        try {
            Json.read(stripped);
            checkStrict(stripped);
            return ProcessedOutput.accepted(stripped);
        } catch (JsonFormatException e) {
            return ProcessedOutput.rejected("not JSON: " + e.getMessage());
        }
    }

    /** Refuses what the reader forgives: bare control characters and odd escapes in texts, {@code True}, {@code NULL}. */
    private static void checkStrict(String json) {
        boolean inText = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                inText = !inText;
            } else if (!inText) {
                checkWord(json, i);
            } else if (c < ' ') {
                throw new JsonFormatException("a control character in a text at " + i);
            } else if (c == '\\' && ESCAPED.indexOf(json.charAt(++i)) < 0) {
                throw new JsonFormatException("an unknown escape at " + i);
            }
        }
    }

    private static void checkWord(String json, int at) {
        char c = json.charAt(at);
        boolean exponent = c == 'E' && at > 0 && Character.isDigit(json.charAt(at - 1));
        if (Character.isUpperCase(c) && !exponent) {
            throw new JsonFormatException("a word in capitals at " + at);
        }
    }
}
