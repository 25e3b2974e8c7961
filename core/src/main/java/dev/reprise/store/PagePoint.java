package dev.reprise.store;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.identity.GenerationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The last row of a page: what comes after it is strictly smaller by {@code (createdAt, id)}.
 *
 * @param createdAt the row's creation time
 * @param id the row's id; in a feed, the leading task's
 */
public record PagePoint(Instant createdAt, GenerationId id) {

    /** As an opaque text for the app. */
    public String toCursor() {
        var text = createdAt.toEpochMilli() + ":" + id.value();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what {@link #toCursor()} wrote; null for null.
     *
     * @throws InvalidRequestException when the text is something else
     */
    public static @Nullable PagePoint ofCursor(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            var createdAt = Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(0, colon))));
            return new PagePoint(createdAt, new GenerationId(text.substring(colon + 1)));
        } catch (IllegalArgumentException | InvalidRequestException e) {
            throw new InvalidRequestException("cursor", cursor, "must be the next() of a page");
        }
    }
}
