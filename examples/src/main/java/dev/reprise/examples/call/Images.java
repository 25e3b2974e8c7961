package dev.reprise.examples.call;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.ReferenceImage;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Images as they stand in a line: a URL, a {@code data:} URL with base64, or an object with {@code url}, or with
 * {@code mediaType} and base64 {@code data}.
 */
final class Images {

    private static final Pattern DATA_URL = Pattern.compile("data:([^;,]+);base64,(.*)", Pattern.DOTALL);

    private Images() {}

    static ReferenceImage read(@Nullable Object value) {
        if (value instanceof String text) {
            var data = DATA_URL.matcher(text);
            return data.matches() ? inline(data.group(1), data.group(2)) : remote(text);
        }
        if (value instanceof Map<?, ?> object) {
            var fields = new Fields(object);
            var url = fields.text("url");
            return url != null ? remote(url) : inline(fields.requiredText("mediaType"), fields.requiredText("data"));
        }
        throw new InvalidRequestException(
                CallLine.IMAGES,
                String.valueOf(value),
                "must hold URLs, data URLs, or objects with mediaType and data");
    }

    private static ReferenceImage remote(String url) {
        try {
            return new ReferenceImage.Remote(URI.create(url));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(CallLine.IMAGES, url, "must be an http or https URL");
        }
    }

    private static ReferenceImage inline(String mediaType, String base64) {
        try {
            return new ReferenceImage.Inline(mediaType, Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(CallLine.IMAGES, base64, "must be base64");
        }
    }
}
