package dev.reprise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void oddNumberOfValuesHasOneInTheMiddle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(1, 4, 9));
    }

    @Test
    void evenNumberOfValuesHasTheMeanOfTwoInTheMiddle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0, 6.0))).isEqualTo(new Spread(1, 5, 9));
    }

    @Test
    void noValuesHaveNoSpread() {
        assertThatThrownBy(() -> Spread.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no values");
    }

    @Test
    void textBeginsWithTheMedian() {
        assertThat(new Spread(1, 4, 9).text(value -> String.format(Locale.ROOT, "%.1f", value)))
                .isEqualTo("4.0 (1.0 - 9.0)");
    }

    @Test
    void whatCouldNotBeMeasuredIsNotAvailable() {
        assertThat(Spread.of(List.of(Double.NaN, Double.NaN)).text(Double::toString))
                .isEqualTo("n/a");
    }
}
