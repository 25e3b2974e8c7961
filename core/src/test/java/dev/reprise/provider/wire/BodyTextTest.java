package dev.reprise.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first words of a body, however it is made. */
class BodyTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"<script", "<!--", "<style>", "<", "<a ", "</script", " "})
    void unclosedMarkupIsReadAtOnce(String piece) {
        var body = ("<p>no</p>" + piece.repeat(100_000)).getBytes(StandardCharsets.UTF_8);

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(BodyText.line(body, Headers.of())).startsWith("no"));
    }

    @Test
    void scriptThatIsNeverClosedIsNoText() {
        var page = "<html><title>Down</title><script>var key = 1;".getBytes(StandardCharsets.UTF_8);

        assertThat(BodyText.line(page, Headers.of())).isEqualTo("Down");
    }

    @Test
    void loggedRunsThatAreTooShortToBeEncodedBytesAreReadOnce() {
        var log = new BodyLog("p", new Redactor(List.of()), true);
        var runs = ("A".repeat(255) + " ").repeat(40_000).strip();

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(log.shown(runs).equals(runs)).isTrue());
    }
}
