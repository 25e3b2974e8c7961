package dev.reprise.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text that does nothing to whoever is shown it. */
class CleanTextTest {

    @ParameterizedTest
    @CsvSource({
        "'a\r\n\tb', 'a b'",
        "' \n a  b \u0000', 'a b'",
        "'a\u2028b\u2029c\u0085d\u000be', 'a b c d e'",
        "'\u001b[31mred\u001b[0m and \u001b[2Jgone', 'red and gone'",
        "'\u009b31mred', 'red'",
        "'\u001b]0;title\u0007x', ']0;title x'",
        "'\u001bc reset', 'c reset'",
        "'user\u202egnp.exe', 'usergnp.exe'",
        "'\u2066a\u2069\u200e\u200f\u061cb', 'ab'",
        "'a\ufeffb\u00adc\u200bd', 'abcd'",
        "'tag\udb40\udc41\udb40\udc7f!', 'tag!'",
        "'\u007f\u0080\u009fend', 'end'",
        "'half \ud83d of', 'half \ufffd of'",
        "'half \ude00', 'half \ufffd'",
        "'whole \ud83d\ude00', 'whole \ud83d\ude00'",
        "'\u001b[', ''",
        "'\u001b[31', ''"
    })
    void lineHasNothingThatIsNotText(String text, String line) {
        assertThat(CleanText.line(text)).isEqualTo(line == null ? "" : line);
    }

    @Test
    void noTextLeavesAControlCharacterOrHalfACharacter() {
        var random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append(
                        random.nextBoolean()
                                ? (char) random.nextInt(256)
                                : (char) random.nextInt(Character.MAX_VALUE + 1));
            }
            var line = CleanText.line(text.toString(), 10);

            assertThat(line.length()).isLessThanOrEqualTo(10);
            assertThat(line.codePoints().map(Character::getType).boxed())
                    .doesNotContain(
                            (int) Character.CONTROL,
                            (int) Character.FORMAT,
                            (int) Character.SURROGATE,
                            (int) Character.LINE_SEPARATOR,
                            (int) Character.PARAGRAPH_SEPARATOR);
            assertThat(CleanText.line(line)).isEqualTo(line.strip());
        }
    }

    @Test
    void cutLeavesNoHalfOfACharacter() {
        assertThat(CleanText.cut("ab\ud83d\ude00", 3)).isEqualTo("ab");
        assertThat(CleanText.cut("ab\ud83d\ude00", 4)).isEqualTo("ab\ud83d\ude00");
        assertThat(CleanText.shortened("ab\ud83d\ude00c", 3)).isEqualTo("ab...");
        assertThat(CleanText.word("x".repeat(300))).hasSize(200);
        assertThat(CleanText.word(null)).isNull();
    }
}
