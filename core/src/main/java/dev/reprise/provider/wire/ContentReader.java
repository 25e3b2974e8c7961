package dev.reprise.provider.wire;

import dev.reprise.display.CleanText;
import dev.reprise.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads content in every shape that servers give it, of whole answers and of the pieces of a stream alike: a text, a part,
 * or a list of either. What is known to be no text of the answer (thinking, tools, media) is left out; a part that nobody
 * knows is text when it has a text; what else cannot be read is remembered, so that it is not lost unsaid.
 */
public final class ContentReader {

    /** Parts that are no text of the answer. */
    private static final List<String> OTHER_PARTS = List.of(
            "think", "reason", "tool", "function", "image", "audio", "video", "file", "document", "citation", "search");

    private static final List<String> TEXTS = List.of("text", "content", "value", "output_text", "parts");
    private static final int MAX_NESTED = 8;
    private static final int MAX_PASSED_OVER = 20;

    private final Consumer<String> deltas;
    private final AnswerMemory memory;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final Set<String> passedOver = new LinkedHashSet<>();
    private boolean thought;

    /**
     * A reader of nothing yet.
     *
     * @param deltas takes the text piece by piece
     * @param memory what may be kept
     */
    public ContentReader(Consumer<String> deltas, AnswerMemory memory) {
        this.deltas = deltas;
        this.memory = memory;
    }

    /** Takes more content. */
    public void read(@Nullable Object content) {
        read(content, 0);
    }

    private void read(@Nullable Object content, int depth) {
        if (content instanceof String piece) {
            append(piece);
        } else if (content instanceof List<?> parts && depth < MAX_NESTED) {
            parts.forEach(part -> read(part, depth + 1));
        } else if (content instanceof Map<?, ?> && depth < MAX_NESTED) {
            part(JsonObject.of(content), depth);
        } else if (content != null) {
            passOver("content that is " + kind(content));
        }
    }

    private static String kind(Object content) {
        return content instanceof Number
                ? "a number"
                : content instanceof Boolean ? "a truth value" : "nested too deep";
    }

    private void part(JsonObject part, int depth) {
        var type = part.string("type");
        if (type != null && OTHER_PARTS.stream().anyMatch(type::contains)) {
            thought |= type.contains("think") || type.contains("reason");
            return;
        }
        if ("refusal".equals(type)) {
            declined(part.string("refusal"));
            return;
        }
        var held = TEXTS.stream().map(part::get).filter(value -> value != null).findFirst();
        if (held.isPresent()) {
            read(held.get(), depth + 1);
        } else if (!part.members().isEmpty()) {
            passedOver.add(
                    type != null
                            ? type
                            : "an object of " + String.join(", ", part.members().keySet()));
        }
    }

    /** Takes the whole text said so far; what has been taken already is not taken twice. */
    public void readWhole(@Nullable Object content) {
        var whole = new ContentReader(piece -> {}, memory);
        whole.read(content);
        var said = whole.text();
        append(!text.isEmpty() && said.startsWith(text.toString()) ? said.substring(text.length()) : said);
        declined(refusal.isEmpty() ? whole.refusal() : null);
        whole.passedOver.forEach(this::passOver);
        thought |= whole.thought;
    }

    private void append(String piece) {
        if (!piece.isEmpty()) {
            memory.keep(piece);
            text.append(piece);
            deltas.accept(piece);
        }
    }

    /** Takes what the model says instead of answering. */
    public void declined(@Nullable String piece) {
        if (piece != null) {
            memory.keep(piece);
            refusal.append(piece);
        }
    }

    /** Takes note that the model has thought aloud, beside the answer. */
    public void thought(@Nullable Object reasoning) {
        thought |= StatedError.says(reasoning);
    }

    /** Takes note of content that is not read, as a protocol asks for what it may bring later. */
    public void passOver(String what) {
        if (passedOver.size() < MAX_PASSED_OVER) {
            passedOver.add(CleanText.cut(what, CleanText.MAX_WORD));
        }
    }

    /** The text so far. */
    public String text() {
        return text.toString();
    }

    /** What the model said instead of answering, or an empty text. */
    public String refusal() {
        return refusal.toString();
    }

    /** What could not be read, or was not to be; for a person. */
    Set<String> passedOver() {
        return passedOver;
    }

    /** Whether the model has thought aloud. */
    boolean hasThought() {
        return thought;
    }
}
