package dev.reprise.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text without secrets. */
class RedactorTest {

    private static final String KEY = "Ab/d+f=h.j-l_n~p9";

    private final Redactor redactor = new Redactor(List.of("top-secret", "top-secret-longer", " "));

    @Test
    void secretsAreHiddenTheLongestFirst() {
        assertThat(redactor.clean("a top-secret-longer b top-secret c")).isEqualTo("a *** b *** c");
    }

    @Test
    void whatLooksLikeAKeyIsHidden() {
        assertThat(redactor.clean("Incorrect API key provided: sk-proj-ab12*****xyz9. Bearer abcdef123 risk-free"))
                .isEqualTo("Incorrect API key provided: *** Bearer *** risk-free");
    }

    @Test
    void messageIsOneLineOfAThousandCharacters() {
        assertThat(redactor.clean("a\r\n\tb\u0000c")).isEqualTo("a b c");
        assertThat(redactor.clean("x".repeat(2_000))).isEqualTo("x".repeat(1_000) + "...");
    }

    @Test
    void encodedBytesAreCutFromLoggedBodies() {
        var log = new BodyLog("p", redactor, true);
        assertThat(log.shown("{\"data\":\"" + "A".repeat(400) + "==\",\"key\":\"top-secret\"}"))
                .isEqualTo("{\"data\":\"<402 characters of encoded bytes>\",\"key\":\"***\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ab/d+f=h.j-l_n~p9",
                "Ab\\/d+f=h.j-l_n~p9",
                "Ab\\\\/d+f=h.j-l_n~p9",
                "Ab/d\\u002bf\\u003Dh.j-l_n~p9",
                "\\u0041\\u0062\\u002F\\u0064\\u002B\\u0066\\u003d\\u0068.j-l_n~p9",
                "Ab\\\\u002fd+f=h.j-l_n~p9",
                "Ab\\x2fd+f=h.j-l_n~p9",
                "Ab%2Fd%2Bf%3Dh.j-l_n~p9",
                "Ab%2fd%2bf%3dh.j-l_n%7ep9",
                "Ab%252Fd%25252Bf%3Dh.j-l_n~p9",
                "Ab&#47;d&#43;f&#x3D;h.j-l_n~p9",
                "Ab&sol;d&plus;f&equals;h&period;j&hyphen;l&lowbar;n~p9",
                "Ab&amp;#x2f;d&#00043;f=h.j-l_n~p9"
            })
    void keyIsFoundInTheSpellingsOfEncoders(String spelled) {
        var gate = new Redactor(List.of(KEY));

        assertThat(gate.clean("wrong key '" + spelled + "'!")).isEqualTo("wrong key '***'!");
        assertThat(gate.clean(spelled)).isEqualTo("***");
    }

    @Test
    void keyIsFoundWithinBase64WhereverItBegins() {
        var gate = new Redactor(List.of(KEY));
        for (String before : List.of("", "u:", "user:", "Bearer ", "x")) {
            var bytes = (before + KEY + "\n").getBytes(StandardCharsets.UTF_8);
            for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                var encoded = encoder.encodeToString(bytes);
                var shown = gate.clean("sent " + encoded.replace("/", "\\/").replace("+", "\\u002b"));

                assertThat(shown).startsWith("sent ").contains("***").hasSizeLessThan(25);
            }
        }
    }

    @Test
    void keyIsHiddenAcrossACut() {
        var gate = new Redactor(List.of(KEY));

        for (int cut = 8; cut < KEY.length(); cut++) {
            assertThat(gate.clean("key " + KEY.substring(0, cut))).isEqualTo("key ***");
        }
        assertThat(gate.clean("key Ab\\/d\\u002bf\\u003dh.\\u00")).isEqualTo("key ***");
        assertThat(gate.clean("key Ab%2Fd%2Bf%3Dh.%")).isEqualTo("key ***");
        assertThat(gate.clean("x".repeat(995) + KEY)).isEqualTo("x".repeat(995) + "***");
        assertThat(gate.clean("key " + KEY.substring(0, 12) + "...")).isEqualTo("key ***...");
        assertThat(gate.word("w".repeat(195) + KEY)).isEqualTo("w".repeat(195) + "***");
    }

    @Test
    void keyWithControlCharactersInItIsHidden() {
        var gate = new Redactor(List.of(KEY));

        assertThat(gate.clean("key Ab/d\u200b+f\u001b[0m=h.j-\u00adl_n~p9")).isEqualTo("key ***");
    }

    @Test
    void keyShorterThanEightCharactersIsAWordOfOrdinaryText() {
        var gate = new Redactor(List.of("any", "EMPTY"));

        assertThat(gate.clean("Too many requests: EMPTY answer")).isEqualTo("Too many requests: EMPTY answer");
        assertThat(gate.clean("bad api key: any, \"Authorization\":\"Bearer EMPTY\""))
                .isEqualTo("bad api key: ***, \"Authorization\":\"Bearer ***\"");
    }

    @Test
    void longTextsAreLookedThroughAtOnce() {
        var gate = new Redactor(List.of(KEY));
        for (String piece : List.of("\\", "%", "&", "%25", "&amp;", "Ab/d", KEY.substring(0, 11), "\\u0041", "&#")) {
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> gate.hide(piece.repeat(500_000 / piece.length())));
        }
    }

    @Test
    void loggedBodyIsOneLineWithoutTheKeyInAnySpelling() {
        var log = new BodyLog("p", new Redactor(List.of(KEY)), true);

        assertThat(log.shown("{\n \"echo\":\"Ab\\/d\\u002bf=h.j-l_n~p9\",\n \"x\":\"\u001b[2J\u202e\"}\n"))
                .isEqualTo("{ \"echo\":\"***\", \"x\":\"\"}");
    }
}
