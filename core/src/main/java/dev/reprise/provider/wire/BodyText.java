package dev.reprise.provider.wire;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import dev.reprise.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Bodies as what they claim to be, or at least as a line for a person. */
public final class BodyText {

    private static final int MAX_READ = 20_000;
    private static final int HEAD = 1_024;
    /** What is never closed goes to the end, as in a browser; looking for its end from each beginning would take long. */
    private static final Pattern UNSEEN =
            Pattern.compile("(?is)<(script|style|svg)\\b.*?(?:</\\1>|\\z)|<!--.*?(?:-->|\\z)");

    private static final Pattern TAG = Pattern.compile("<[^<>]*>");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*=\\s*[\"']?([\\w.:+-]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private BodyText() {}

    /**
     * The body as a JSON object, or null when it is none, for instance because it was cut. Of a list, as Google's servers
     * give, the object that states an error, or the only one.
     */
    static @Nullable JsonObject json(byte[] body, Headers headers) {
        try {
            return object(plain(body) ? Json.read(body) : Json.read(text(body, headers)));
        } catch (JsonFormatException e) {
            return null;
        }
    }

    /** The object that a tree is or holds, or null. */
    static @Nullable JsonObject object(@Nullable Object tree) {
        if (tree instanceof List<?> list) {
            var error = list.stream()
                    .map(JsonObject::ofNullable)
                    .filter(item -> item != null && StatedError.isIn(item))
                    .findFirst();
            return error.isPresent() || list.size() != 1 ? error.orElse(null) : JsonObject.ofNullable(list.get(0));
        }
        return JsonObject.ofNullable(tree);
    }

    /** Whether bytes can be read as they are: as UTF-8, which JSON has to be, without a mark in front. */
    private static boolean plain(byte[] body) {
        return at(body, 0) != 0xef && at(body, 0) != 0 && at(body, 1) != 0 && valid(body);
    }

    private static boolean valid(byte[] body) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var from = ByteBuffer.wrap(body);
        var into = CharBuffer.allocate(HEAD);
        var result = decoder.decode(from, into, true);
        while (result.isOverflow()) {
            into.clear();
            result = decoder.decode(from, into, true);
        }
        return !result.isError();
    }

    private static int at(byte[] body, int index) {
        return index < body.length ? body[index] & 0xff : -1;
    }

    /**
     * The body as text (WHATWG Encoding, section 6): by its byte order mark; else as UTF-8 where it is that; else by the
     * charset that the content type, or a page's own head, names.
     */
    static String text(byte[] body, Headers headers) {
        var charset = charset(body, headers);
        var text = new String(body, charset);
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static Charset charset(byte[] body, Headers headers) {
        int first = at(body, 0);
        int second = at(body, 1);
        if (first == 0 || (first == 0xfe && second == 0xff)) {
            return StandardCharsets.UTF_16BE;
        }
        if (second == 0 || (first == 0xff && second == 0xfe)) {
            return StandardCharsets.UTF_16LE;
        }
        if (valid(body)) {
            return StandardCharsets.UTF_8;
        }
        var type = headers.get("content-type");
        var declared = type == null ? null : named(CHARSET.matcher(type));
        if (declared == null) {
            var head = new String(body, 0, Math.min(body.length, HEAD), StandardCharsets.ISO_8859_1);
            declared = named(CHARSET.matcher(head));
        }
        return declared == null ? StandardCharsets.UTF_8 : declared;
    }

    private static @Nullable Charset named(Matcher charset) {
        try {
            return charset.find() && Charset.isSupported(charset.group(1)) ? Charset.forName(charset.group(1)) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The words of a text or an HTML page, on one line; says so when there are none. To be cut once it has been cleaned. */
    static String line(byte[] body, Headers headers) {
        var line = line(text(Arrays.copyOf(body, Math.min(body.length, MAX_READ)), headers));
        if (line.isEmpty()) {
            return body.length == 0 ? "empty body" : "a body without text";
        }
        return line;
    }

    /** The words of a text or an HTML page, on one line; empty when there are none. */
    static String line(String body) {
        var text = body.substring(0, Math.min(body.length(), MAX_READ));
        if (text.stripLeading().startsWith("<")) {
            text = TAG.matcher(UNSEEN.matcher(text).replaceAll(" ")).replaceAll(" ");
        }
        return SPACE.matcher(text).replaceAll(" ").strip();
    }
}
