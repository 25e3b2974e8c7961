package dev.reprise.generation;

import dev.reprise.failure.InvalidRequestException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
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
        Remote.checkLength(url);
        try {
            return new Remote(new URI(url));
        } catch (URISyntaxException e) {
            // What cannot be read may hold a password.
            throw new InvalidRequestException(
                    "image.url", url.contains("@") ? "***" : url, "must be an http or https URL");
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

        /** How many bytes it has. */
        public int size() {
            return bytes.length;
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
     * @param url an absolute http or https URL without a user or a password, of at most 8,192 characters
     */
    record Remote(URI url) implements ReferenceImage {

        private static final int MAX_LENGTH = 8_192;
        /** A host that the DNS knows and {@link URI} does not, because of an underscore. */
        private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+(:\\d{1,5})?");

        /** @throws InvalidRequestException when the URL is no such one */
        public Remote {
            checkLength(url.toString());
            var authority = url.getRawAuthority();
            if (authority != null && authority.contains("@")) {
                throw new InvalidRequestException("image.url", "***", "must not hold a user or a password");
            }
            var scheme = url.getScheme();
            boolean host = url.getHost() != null
                    || (authority != null && HOST.matcher(authority).matches());
            if (scheme == null || !scheme.matches("(?i)https?") || !host) {
                throw new InvalidRequestException("image.url", url, "must be an http or https URL");
            }
        }

        private static void checkLength(String url) {
            if (url.length() > MAX_LENGTH) {
                throw new InvalidRequestException(
                        "image.url", url.length() + " characters", "must have at most " + MAX_LENGTH + " characters");
            }
        }
    }
}
