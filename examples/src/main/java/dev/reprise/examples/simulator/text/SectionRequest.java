package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A prompt's wish for several parts in one answer, with the lines it wants between them.
 *
 * <p>Understood are markers that stand in the prompt as they should stand in the answer ({@code <<<...>>>},
 * {@code [[...]]}, {@code ===...===}, {@code @@@...@@@}, {@code %%%...%%%}), one a section, and one marker named
 * SECTION_BREAK or the like as the line between sections that only the prompt's list names.
 *
 * @param markers the marker lines in order; for a separator, that one alone
 * @param names what the sections are called, in order
 * @param separator whether the one marker stands between sections rather than before each
 */
record SectionRequest(List<String> markers, List<String> names, boolean separator) {

    private static final Pattern MARKER = Pattern.compile("<<<[^<>\\r\\n]{1,200}>>>|\\[\\[[^\\[\\]\\r\\n]{1,200}]]"
            + "|={3,}[^=\\r\\n]{1,200}={3,}|@@@[^@\\r\\n]{1,200}@@@|%%%[^%\\r\\n]{1,200}%%%");
    private static final Pattern SEPARATOR = Pattern.compile("(?i).*(?:break|separat|split|divid|delimit).*");
    private static final Pattern END = Pattern.compile("(?i)\\W*(?:/.*|.*\\bend\\b.*)");
    private static final Pattern PLACEHOLDER = Pattern.compile("(?i)\\b(?:section[_ -]?)?name\\b|\\.\\.\\.|…");
    private static final Pattern LISTED = Pattern.compile("(?m)^\\s*(?:[-*•]|\\d+[.)])\\s+(.+)$");
    private static final Pattern INLINE = Pattern.compile("(?im)\\b(?:sections|parts)\\b[^:\\n]*:[ \\t]*(\\S.*)$");
    private static final Pattern COUNT = Pattern.compile("(?i)\\b(\\d{1,2})\\s+(?:sections|parts)\\b");

    SectionRequest {
        markers = List.copyOf(markers);
        names = List.copyOf(names);
    }

    static Optional<SectionRequest> in(String prompt) {
        List<String> markers = distinctMarkers(prompt);
        if (markers.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = listedNames(prompt);
        Optional<String> separator = markers.stream()
                .filter(marker -> SEPARATOR.matcher(marker).matches())
                .findFirst();
        if (separator.isPresent()) {
            return Optional.of(new SectionRequest(List.of(separator.get()), names, true));
        }
        List<String> real = markers.stream()
                .filter(marker -> !PLACEHOLDER.matcher(marker).find())
                .toList();
        if (real.isEmpty()) {
            real = names.stream()
                    .map(name -> PLACEHOLDER.matcher(markers.get(0)).replaceAll(Matcher.quoteReplacement(name)))
                    .toList();
        }
        return Optional.of(new SectionRequest(
                real, real.stream().map(SectionRequest::nameIn).toList(), false));
    }

    static String withoutMarkers(String prompt) {
        return MARKER.matcher(prompt).replaceAll("");
    }

    static boolean isEnd(String marker) {
        return END.matcher(marker).matches();
    }

    private static List<String> distinctMarkers(String prompt) {
        LinkedHashSet<String> markers = new LinkedHashSet<>();
        Matcher matcher = MARKER.matcher(prompt);
        while (matcher.find()) {
            markers.add(matcher.group());
        }
        return List.copyOf(markers);
    }

    private static List<String> listedNames(String prompt) {
        String list = prompt.replaceAll("(?is)^.*?\\b(?=(?:sections|parts)\\b)", "");
        List<String> names = new ArrayList<>();
        Matcher listed = LISTED.matcher(withoutMarkers(list));
        while (listed.find()) {
            names.add(Sentences.firstWords(listed.group(1), 6));
        }
        Matcher inline = INLINE.matcher(withoutMarkers(list));
        if (names.isEmpty() && inline.find()) {
            Arrays.stream(inline.group(1).split("\\s*(?:,|;|\\band\\b)\\s*"))
                    .filter(name -> !name.isBlank())
                    .forEach(name -> names.add(Sentences.open(name)));
        }
        if (names.isEmpty()) {
            Matcher count = COUNT.matcher(prompt);
            int wanted = count.find() ? Integer.parseInt(count.group(1)) : 2;
            IntStream.rangeClosed(1, Math.max(1, wanted)).forEach(number -> names.add("Part " + number));
        }
        return names;
    }

    /** The longest word of a marker that is no nonce: what the section is called. */
    private static String nameIn(String marker) {
        String inner = marker.replaceAll("^\\W+|\\W+$", "");
        return Arrays.stream(inner.split("[\\s:|=\"]+"))
                .filter(word -> !word.matches("(?i)section|part|name|begin|start|id|nonce|[0-9a-f]{6,}|\\d+"))
                .reduce((first, second) -> first + " " + second)
                .orElse(inner);
    }
}
