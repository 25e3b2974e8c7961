package dev.reprise.generation;

import dev.reprise.failure.InvalidRequestException;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An image sent along with a prompt: inline bytes, or a URL that the provider fetches itself. */
public sealed interface ReferenceImage {

    /** Media types that every supported protocol takes. */
    Set<String> MEDIA_TYPES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    /** An image as bytes. */
    static ReferenceImage inline(String mediaType, byte[] bytes) {
        return new Inline(mediaType, bytes);
    }

    /** An image by its URL. */
    static ReferenceImage url(String url) {
        try {
            return new Remote(URI.create(url));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("image.url", url, "must be an http or https URL");
        }
    }

    /**
     * An image as bytes.
     *
     * @param mediaType one of {@link #MEDIA_TYPES}
     * @param bytes 1 byte to 20 MiB; copied
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
    record Inline(String mediaType, byte[] bytes) implements ReferenceImage {

        private static final int MAX_BYTES = 20 << 20;

        /** @throws InvalidRequestException when the media type is not supported or the size is out of range */
        public Inline {
            if (!MEDIA_TYPES.contains(mediaType)) {
                throw new InvalidRequestException(
                        "image.mediaType", mediaType, "must be image/png, image/jpeg, image/gif or image/webp");
            }
            if (bytes.length == 0 || bytes.length > MAX_BYTES) {
                throw new InvalidRequestException("image.bytes", bytes.length + " bytes", "must be 1 byte to 20 MiB");
            }
            bytes = bytes.clone();
        }

        /** A copy of the image's bytes. */
        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Inline that && mediaType.equals(that.mediaType) && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * mediaType.hashCode() + Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Inline[" + mediaType + ", " + bytes.length + " bytes]";
        }
    }

    /**
     * An image by its URL.
     *
     * @param url an absolute http or https URL
     */
    record Remote(URI url) implements ReferenceImage {

        /** @throws InvalidRequestException when the URL is not an absolute http or https URL */
        public Remote {
            var scheme = url.getScheme();
            if (scheme == null || !scheme.matches("(?i)https?") || url.getHost() == null) {
                throw new InvalidRequestException("image.url", url, "must be an http or https URL");
            }
        }
    }
}
