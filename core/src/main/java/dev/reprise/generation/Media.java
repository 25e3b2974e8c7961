package dev.reprise.generation;

import dev.reprise.failure.InvalidRequestException;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An image or another piece of media as a provider delivered it: its bytes, or where to fetch them.
 *
 * @param url where to fetch it, or null when there are bytes; may hold a signature, and is not shown as text
 * @param expiresAt until when the provider keeps it there, or null when it does not say
 * @param bytes the bytes themselves, or null when there is a URL; copied
 * @param claimedType the content type that the provider gives, unchecked, or null
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record Media(
        @Nullable URI url,
        @Nullable Instant expiresAt,
        byte @Nullable [] bytes,
        @Nullable String claimedType) {

    /** @throws InvalidRequestException when there is neither a URL nor bytes, or both */
    public Media {
        if ((url == null) == (bytes == null)) {
            throw new InvalidRequestException(
                    "media", url == null ? "neither" : "both", "must be a URL or bytes, one of them");
        }
        bytes = bytes == null ? null : bytes.clone();
    }

    /** A copy of the bytes, or null when there is a URL. */
    @Override
    public byte @Nullable [] bytes() {
        return bytes == null ? null : bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Media that
                && Objects.equals(url, that.url)
                && Objects.equals(expiresAt, that.expiresAt)
                && Arrays.equals(bytes, that.bytes)
                && Objects.equals(claimedType, that.claimedType);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hash(url, expiresAt, claimedType) + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Media[" + (bytes == null ? "at a URL" : bytes.length + " bytes") + ", " + claimedType + "]";
    }
}
