package dev.reprise.generation;

import java.util.Map;
import java.util.regex.Pattern;

/** Takes the inside of the first Markdown code fence (CommonMark 0.31 section 4.5: three or more backticks or tildes). */
final class FenceStripper implements OutputProcessor {

    // Lines end at \n alone (flag d), so that the \r before it belongs to its line.
    private static final Pattern OPENING =
            Pattern.compile("(?md)^ {0,3}(?:(`{3,})[^`\\r\\n]*|(~{3,})[^\\r\\n]*)\\r?$\\n?");

    @Override
    public ProcessedOutput process(String text, Map<String, String> settings) {
        var opening = OPENING.matcher(new StoppableText(text));
        if (!opening.find()) {
            return ProcessedOutput.accepted(text);
        }
        var fence = opening.group(1) != null ? opening.group(1) : opening.group(2);
        var closing = Pattern.compile("(?md)^ {0,3}" + Pattern.quote(fence) + fence.charAt(0) + "*[ \\t]*\\r?$")
                .matcher(new StoppableText(text));
        if (!closing.find(opening.end())) {
            return ProcessedOutput.rejected("the code fence is never closed");
        }
        var inside = text.substring(opening.end(), closing.start()).stripTrailing();
        return inside.isBlank()
                ? ProcessedOutput.rejected("the code fence is empty")
                : ProcessedOutput.accepted(inside);
    }
}
