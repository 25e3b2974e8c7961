package dev.reprise.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Text without secrets. */
class RedactorTest {

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
}
