package dev.reprise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static Figures executing(double perSecond) {
        return new Figures(Arrays.stream(Figure.values())
                .collect(Collectors.toMap(figure -> figure, figure -> figure == Figure.EXECUTE ? perSecond : 1.0)));
    }

    private static String reportOfTwoRounds() {
        var report = new Report();
        report.add(Map.of(Entrant.REPRISE, executing(3_000), Entrant.DB_SCHEDULER, executing(1_000)));
        report.add(Map.of(Entrant.REPRISE, executing(1_000), Entrant.DB_SCHEDULER, executing(500)));
        return report.markdown();
    }

    @Test
    void figuresAreMediansOverTheRounds() {
        assertThat(reportOfTwoRounds())
                .contains("|  | reprise | db-scheduler |")
                .contains("| executions/s | 2,000 (1,000 - 3,000) | 750 (500 - 1,000) |");
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        assertThat(reportOfTwoRounds())
                .contains("Executions a second as a multiple of db-scheduler's, round by round:")
                .contains("| 1 | 3.00 |")
                .contains("| 2 | 2.00 |")
                .contains("| median (least - greatest) | 2.50 (2.00 - 3.00) |");
    }

    @Test
    void absentYardstickIsLeftOut() {
        assertThat(reportOfTwoRounds()).doesNotContain("multiple of floor-single's");
    }
}
