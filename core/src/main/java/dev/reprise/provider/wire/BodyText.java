package dev.reprise.provider.wire;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import dev.reprise.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bodies as what they claim to be, or at least as a line for a person. */
public final class BodyText {

    private static final int MAX_READ = 20_000;
    /** What is never closed goes to the end, as in a browser; looking for its end from each beginning would take long. */
    private static final Pattern UNSEEN =
            Pattern.compile("(?is)<(script|style|svg)\\b.*?(?:</\\1>|\\z)|<!--.*?(?:-->|\\z)");

    private static final Pattern TAG = Pattern.compile("<[^<>]*>");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private BodyText() {}

    /** The body as a JSON object, or null when it is none, for instance because it was cut. */
    public static @Nullable JsonObject json(byte[] body) {
        try {
            return JsonObject.ofNullable(Json.read(body));
        } catch (JsonFormatException e) {
            return null;
        }
    }

    /** The words of a text or an HTML page, on one line; says so when there are none. To be cut once it has been cleaned. */
    public static String line(byte[] body) {
        var text = new String(body, 0, Math.min(body.length, MAX_READ), StandardCharsets.UTF_8);
        if (looksLikeMarkup(text)) {
            text = TAG.matcher(UNSEEN.matcher(text).replaceAll(" ")).replaceAll(" ");
        }
        var line = SPACE.matcher(text).replaceAll(" ").strip();
        if (line.isEmpty()) {
            return body.length == 0 ? "empty body" : "a body without text";
        }
        return line;
    }

    private static boolean looksLikeMarkup(String text) {
        return text.stripLeading().startsWith("<");
    }
}
