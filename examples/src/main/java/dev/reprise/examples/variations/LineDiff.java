package dev.reprise.examples.variations;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What has changed from one text to the next, line by line: the fewest lines added and removed.
 *
 * @param lines those that were added, removed and kept, in order; blank lines left out
 */
record LineDiff(List<Line> lines) {

    /** One line and what became of it. */
    record Line(Change change, String text) {}

    enum Change {
        ADDED('+'),
        REMOVED('-'),
        KEPT(' ');

        final char sign;

        Change(char sign) {
            this.sign = sign;
        }
    }

    static LineDiff of(String before, String after) {
        var left = before.lines().filter(line -> !line.isBlank()).toList();
        var right = after.lines().filter(line -> !line.isBlank()).toList();
        var common = commonLengths(left, right);
        var lines = new ArrayList<Line>();
        int i = 0;
        int j = 0;
        while (i < left.size() || j < right.size()) {
            if (i < left.size() && j < right.size() && left.get(i).equals(right.get(j))) {
                lines.add(new Line(Change.KEPT, left.get(i)));
                i++;
                j++;
            } else if (j == right.size() || (i < left.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line(Change.REMOVED, left.get(i++)));
            } else {
                lines.add(new Line(Change.ADDED, right.get(j++)));
            }
        }
        return new LineDiff(Collections.unmodifiableList(lines));
    }

    List<String> with(Change change) {
        return lines.stream()
                .filter(line -> line.change() == change)
                .map(Line::text)
                .toList();
    }

    /** The lines that changed, each behind its sign, with three dots for what was kept in between. */
    List<String> shown() {
        var shown = new ArrayList<String>();
        boolean dots = false;
        for (Line line : lines) {
            if (line.change() != Change.KEPT) {
                shown.add(line.change().sign + " " + line.text());
                dots = false;
            } else if (!dots) {
                shown.add("  ...");
                dots = true;
            }
        }
        return shown;
    }

    /** For every pair of places, how many lines the texts share from there on, in order. */
    private static int[][] commonLengths(List<String> left, List<String> right) {
        var common = new int[left.size() + 1][right.size() + 1];
        for (int i = left.size() - 1; i >= 0; i--) {
            for (int j = right.size() - 1; j >= 0; j--) {
                common[i][j] = left.get(i).equals(right.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
