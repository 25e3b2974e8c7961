package dev.reprise.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.identity.GenerationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a page ended, as a text that goes out to the app and comes back. */
class PagePointTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"0193512f-8a3c-7b1e-9c55-2f1f3f0a7b11", "a", "with:colon", ":", "\u00e9\ud83d\ude00", "a b"})
    void cursorLeadsBackToItsPoint(String id) {
        var point = new PagePoint(Instant.parse("2026-11-21T12:00:00.123Z"), new GenerationId(id));

        assertThat(PagePoint.ofCursor(point.toCursor())).isEqualTo(point);
    }

    @Test
    void everyMillisecondSurvives() {
        var random = new Random(4);
        for (int i = 0; i < 1_000; i++) {
            var time = Instant.ofEpochMilli(random.nextLong(-1L << 50, 1L << 50));
            var point = new PagePoint(time, new GenerationId("g" + i));
            assertThat(PagePoint.ofCursor(point.toCursor())).isEqualTo(point);
        }
    }

    @Test
    void cursorCanStandInAUrl() {
        var random = new Random(5);
        for (int i = 0; i < 1_000; i++) {
            var id = new GenerationId("g" + (char) random.nextInt(0x3000) + random.nextLong());
            assertThat(new PagePoint(Instant.ofEpochMilli(random.nextLong(1L << 45)), id).toCursor())
                    .matches("[A-Za-z0-9_-]+");
        }
    }

    @Test
    void noCursorIsTheFirstPage() {
        assertThat(PagePoint.ofCursor(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "garbage",
                "****",
                "next page",
                "\u00e9",
                "0193512f-8a3c-7b1e-9c55-2f1f3f0a7b11",
                "MTIz",
                "MTIzOg=",
                "12345:abc"
            })
    void otherTextIsRefused(String cursor) {
        assertRefused(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "123", "123:", "123: ", ":abc", "x:abc", "1.5:abc", "99999999999999999999:abc"})
    void encodedTextThatIsNoPointIsRefused(String text) {
        assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void encodedIdThatIsTooLongIsRefused() {
        var text = "123:" + "x".repeat(65);

        assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void randomTextsAreReadOrRefused() {
        var random = new Random(6);
        for (int i = 0; i < 5_000; i++) {
            var bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            var cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            try {
                PagePoint.ofCursor(cursor);
            } catch (InvalidRequestException e) {
                assertThat(e.field()).isEqualTo("cursor");
            }
        }
    }

    private static void assertRefused(String cursor) {
        assertThatThrownBy(() -> PagePoint.ofCursor(cursor))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("cursor must be the next() of a page: " + cursor);
    }
}
