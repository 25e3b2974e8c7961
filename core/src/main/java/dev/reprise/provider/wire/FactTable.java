package dev.reprise.provider.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads a table of facts about providers: a line each, its columns parted by bars; {@code #} begins a remark. */
final class FactTable {

    private static final Pattern BAR = Pattern.compile("\\s+\\|\\s+");
    private static final Pattern SOURCE = Pattern.compile("https://[^\\s|]+");
    private static final int COLUMNS = 5;

    private FactTable() {}

    /**
     * One fact.
     *
     * @param provider who does so
     * @param sign what is seen on the wire
     * @param meaning what it means
     * @param source the public document that says so
     * @param date when that was looked at
     */
    record Fact(String provider, String sign, String meaning, String source, LocalDate date) {}

    /** The facts of a file beside this class, in order. */
    static List<Fact> read(String file) {
        try (var in = Objects.requireNonNull(FactTable.class.getResourceAsStream(file), file)) {
            return parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException when a line lacks a column, a source or a date */
    static List<Fact> parse(String file, String text) {
        var facts = new ArrayList<Fact>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                facts.add(fact(file + ":" + number, line));
            }
        }
        return List.copyOf(facts);
    }

    private static Fact fact(String place, String line) {
        var columns = BAR.split(line.strip(), -1);
        if (columns.length != COLUMNS) {
            throw new IllegalStateException(place + " has " + columns.length + " columns instead of " + COLUMNS);
        }
        if (!SOURCE.matcher(columns[3]).matches()) {
            throw new IllegalStateException(place + " has no source: " + columns[3]);
        }
        try {
            return new Fact(columns[0], columns[1], columns[2], columns[3], LocalDate.parse(columns[4]));
        } catch (DateTimeParseException e) {
            throw new IllegalStateException(place + " has no date: " + columns[4], e);
        }
    }
}
