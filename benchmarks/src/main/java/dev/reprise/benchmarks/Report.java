package dev.reprise.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The figures of all rounds as Markdown tables. Ratios are taken round by round, because what slows a machine down slows
 * those that run close to each other down alike.
 */
final class Report {

    private static final List<Entrant> YARDSTICKS =
            List.of(Entrant.DB_SCHEDULER, Entrant.FLOOR_SINGLE, Entrant.FLOOR_GROUPED);

    private final List<Map<Entrant, Figures>> rounds = new ArrayList<>();

    /** Adds a round. */
    void add(Map<Entrant, Figures> round) {
        rounds.add(new EnumMap<>(round));
    }

    String markdown() {
        var entrants = rounds.get(0).keySet();
        var lines = new ArrayList<String>();
        lines.add("Median (least - greatest) of " + rounds.size() + " rounds:");
        lines.add("");
        header(lines, "", List.copyOf(entrants));
        for (Figure figure : Figure.values()) {
            lines.add(row(
                    figure.title(),
                    entrants.stream()
                            .map(entrant -> spread(figure, entrant).text(figure::text))
                            .toList()));
        }
        for (Entrant yardstick : YARDSTICKS) {
            if (entrants.contains(yardstick) && entrants.size() > 1) {
                lines.add("");
                lines.add("Executions a second as a multiple of " + yardstick.title() + "'s, round by round:");
                lines.add("");
                ratios(lines, entrants.stream().filter(one -> one != yardstick).toList(), yardstick);
            }
        }
        return String.join("\n", lines);
    }

    private Spread spread(Figure figure, Entrant entrant) {
        return Spread.of(
                rounds.stream().map(round -> figures(round, entrant).of(figure)).toList());
    }

    private void ratios(List<String> lines, List<Entrant> entrants, Entrant yardstick) {
        header(lines, "round", entrants);
        for (int i = 0; i < rounds.size(); i++) {
            var round = rounds.get(i);
            lines.add(row(
                    Integer.toString(i + 1),
                    entrants.stream()
                            .map(entrant -> ratioText(ratio(round, entrant, yardstick)))
                            .toList()));
        }
        lines.add(row(
                "median (least - greatest)",
                entrants.stream()
                        .map(entrant -> Spread.of(rounds.stream()
                                        .map(round -> ratio(round, entrant, yardstick))
                                        .toList())
                                .text(Report::ratioText))
                        .toList()));
    }

    private static double ratio(Map<Entrant, Figures> round, Entrant entrant, Entrant yardstick) {
        return figures(round, entrant).of(Figure.EXECUTE)
                / figures(round, yardstick).of(Figure.EXECUTE);
    }

    private static String ratioText(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    private static Figures figures(Map<Entrant, Figures> round, Entrant entrant) {
        var figures = round.get(entrant);
        if (figures == null) {
            throw new IllegalStateException(entrant.title() + " missed a round");
        }
        return figures;
    }

    private static void header(List<String> lines, String corner, List<Entrant> entrants) {
        lines.add(row(corner, entrants.stream().map(Entrant::title).toList()));
        lines.add("|" + "---|".repeat(entrants.size() + 1));
    }

    private static String row(String title, List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| " + title + " | ", " |"));
    }
}
