package dev.reprise.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** A delivered piece of media is bytes or a place to fetch them, and shows neither as text. */
class MediaTest {

    private static final URI URL = URI.create("https://media.example/a?sig=secret");

    @Test
    void mediaIsAtAUrlOrHasBytes() {
        assertThatThrownBy(() -> new Media(null, null, null, null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("media must be a URL or bytes, one of them: neither");
        assertThatThrownBy(() -> new Media(URL, null, new byte[1], null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("both");
    }

    @Test
    void bytesAreCopiedInAndOut() {
        var bytes = new byte[] {1, 2};
        var media = new Media(null, null, bytes, "image/png");
        bytes[0] = 9;

        assertThat(media.bytes()).containsExactly(1, 2);
        assertThat(media).isEqualTo(new Media(null, null, new byte[] {1, 2}, "image/png"));
    }

    @Test
    void signedUrlIsNotShown() {
        assertThat(new Media(URL, null, null, "image/png")).hasToString("Media[at a URL, image/png]");
    }
}
