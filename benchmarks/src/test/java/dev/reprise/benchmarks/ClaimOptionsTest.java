package dev.reprise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClaimOptionsTest {

    private static ClaimOptions parse(String... args) {
        return ClaimOptions.parse(args);
    }

    @Test
    void aMillionFinishedTasksAreInTheWayUnlessAskedOtherwise() {
        assertThat(parse()).isEqualTo(new ClaimOptions(1_000_000, 10_000, 3, Path.of("target", "postgres")));
    }

    @Test
    void everyOptionIsTaken() {
        assertThat(parse("--finished", "7", "--ready", "8", "--rounds", "9", "--data", "elsewhere"))
                .isEqualTo(new ClaimOptions(7, 8, 9, Path.of("elsewhere")));
    }

    @Test
    void unknownOptionIsNamed() {
        assertThatThrownBy(() -> parse("--fast", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown option: --fast");
    }

    @Test
    void valueThatIsMissingIsNamed() {
        assertThatThrownBy(() -> parse("--ready"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--ready needs a value");
    }
}
