package dev.reprise.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that go along with a prompt. */
class ReferenceImageTest {

    private static final int MIB_20 = 20 * 1024 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "image/jpeg", "image/gif", "image/webp"})
    void supportedTypeIsTaken(String type) {
        assertThat(ReferenceImage.inline(type, new byte[] {1})).hasToString("Inline[" + type + ", 1 bytes]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/svg+xml", "image/tiff", "IMAGE/PNG", "image/png ", "text/plain", "png", ""})
    void otherTypeIsRefused(String type) {
        assertThatThrownBy(() -> ReferenceImage.inline(type, new byte[] {1}))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("image.mediaType must be image/png, image/jpeg, image/gif or image/webp: " + type);
    }

    @Test
    void imageHas1ByteTo20MiB() {
        assertThat(ReferenceImage.inline("image/png", new byte[MIB_20])).isNotNull();
        assertThatThrownBy(() -> ReferenceImage.inline("image/png", new byte[0]))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("image.bytes must be 1 byte to 20 MiB: 0 bytes");
        assertThatThrownBy(() -> ReferenceImage.inline("image/png", new byte[MIB_20 + 1]))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("image.bytes must be 1 byte to 20 MiB: 20971521 bytes");
    }

    @Test
    void bytesAreCopiedInAndOut() {
        var given = new byte[] {1, 2};
        var image = (ReferenceImage.Inline) ReferenceImage.inline("image/png", given);

        given[0] = 9;
        image.bytes()[1] = 9;

        assertThat(image.bytes()).containsExactly(1, 2);
    }

    @Test
    void inlineImagesAreEqualByTypeAndBytes() {
        var image = ReferenceImage.inline("image/png", new byte[] {1, 2});

        assertThat(image)
                .isEqualTo(ReferenceImage.inline("image/png", new byte[] {1, 2}))
                .hasSameHashCodeAs(ReferenceImage.inline("image/png", new byte[] {1, 2}))
                .isNotEqualTo(ReferenceImage.inline("image/gif", new byte[] {1, 2}))
                .isNotEqualTo(ReferenceImage.inline("image/png", new byte[] {1, 3}))
                .isNotEqualTo(ReferenceImage.url("https://example.com/a.png"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a.png",
                "http://localhost:8080/a?b=c#d",
                "HTTPS://EXAMPLE.COM/",
                "https://my_bucket.s3.amazonaws.com/b.png",
                "http://my_host:81/"
            })
    void httpUrlIsTaken(String url) {
        assertThat(ReferenceImage.url(url)).isEqualTo(new ReferenceImage.Remote(URI.create(url)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://u:p@a/b", "https://user@example.com/a.png", "http://u:p@my_host/b", "http://@a/b"})
    void urlWithAUserIsRefusedAndNotShown(String url) {
        assertThatThrownBy(() -> ReferenceImage.url(url))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("image.url must not hold a user or a password: ***");
    }

    @Test
    void urlThatCannotBeReadIsNotShownWhenItMayHoldAPassword() {
        assertThatThrownBy(() -> ReferenceImage.url("http://u:p@a b/"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("image.url must be an http or https URL: ***");
    }

    @Test
    void urlHasAtMost8192Characters() {
        var longest = "https://example.com/" + "x".repeat(8_172);

        assertThat(ReferenceImage.url(longest)).isNotNull();
        assertThatThrownBy(() -> ReferenceImage.url(longest + "x"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("image.url must have at most 8192 characters: 8193 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a.png",
                "/a.png",
                "//example.com/a.png",
                "ftp://example.com/a.png",
                "file:///etc/passwd",
                "data:image/png;base64,AAAA",
                "https:a.png",
                "https://",
                "https:///a.png",
                "https://:80/a.png",
                "httpsx://example.com",
                "https://exa mple.com/a.png",
                "https://example.com/a b.png"
            })
    void otherUrlIsRefused(String url) {
        assertThatThrownBy(() -> ReferenceImage.url(url))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("image.url must be an http or https URL: " + url);
    }
}
