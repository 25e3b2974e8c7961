package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void helpListsTheCommands(String word) {
        var ran = Ran.of(word);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains(
                        "  variations  ",
                        "  animation  ",
                        "  stream  ",
                        "  custom-provider  ",
                        "  call  ",
                        "  simulator  ")
                .contains("Runs when no command is named.");
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"variations", "animation", "stream", "custom-provider", "call", "simulator"})
    void eachCommandDescribesItself(String name) {
        var ran = Ran.of(name, "--help");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).startsWith("Usage: java -jar reprise-examples.jar " + name + " [options]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bogus|unknown command: bogus",
                "--bogus|unknown option: --bogus",
                "animation --bogus|unknown option: --bogus",
                "animation there|animation takes options only: there",
                "--out|--out needs a value: --out FOLDER",
                "--plain=yes|--plain takes no value: --plain=yes",
                "--fault-rate 2|--fault-rate must be a number from 0 to 1: 2",
                "--seed x|--seed must be a whole number from -9223372036854775808 to 9223372036854775807: x",
                "--latency soon|--latency must be a duration, as 150ms, 0.1s or 2m: soon",
                "no/such/brief.md|there is no such brief: no/such/brief.md",
                "a.md b.md|one brief at a time: a.md b.md",
                "call|call reads JSON lines: give --jsonl",
                "call --jsonl --parallel 0|--parallel must be a whole number from 1 to 1000: 0"
            })
    void wrongCallsSayWhatIsWrong(String words, String complaint) {
        var ran = Ran.of(words.split(" "));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).containsExactly(complaint, "See: java -jar reprise-examples.jar --help");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aKeyWithoutAModelIsAnErrorThatNamesTheVariable() {
        var ran = Ran.in(Map.of("ANTHROPIC_API_KEY", "sk-very-secret"), "");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("Anthropic is set up, but no model is named: set ANTHROPIC_MODEL or give --model")
                .doesNotContain("sk-very-secret");
    }
}
