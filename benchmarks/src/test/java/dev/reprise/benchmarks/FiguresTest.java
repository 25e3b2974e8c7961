package dev.reprise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static Figures all(double value) {
        return new Figures(Arrays.stream(Figure.values()).collect(Collectors.toMap(figure -> figure, figure -> value)));
    }

    @Test
    void lineIsFoundAmongOtherOutputAndReadBack() {
        var figures = all(12.5);

        assertThat(Figures.in(List.of("something else", figures.line(), ""))).isEqualTo(figures);
    }

    @Test
    void whatCouldNotBeMeasuredStaysSo() {
        var figures = Figures.in(List.of(all(Double.NaN).line()));

        assertThat(figures.of(Figure.SERVER_CPU)).isNaN();
        assertThat(Figure.SERVER_CPU.text(figures.of(Figure.SERVER_CPU))).isEqualTo("n/a");
    }

    @Test
    void outputWithoutFiguresIsRefused() {
        assertThatThrownBy(() -> Figures.in(List.of("nothing")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the child printed no figures");
    }

    @Test
    void missingFigureIsRefused() {
        assertThatThrownBy(() -> new Figures(Map.of(Figure.WAL, 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("figures are missing: only [WAL]");
    }
}
