package dev.reprise.examples.simulator.text;

import java.util.Optional;

/**
 * Writes the answer to a conversation: a new text from a brief, or the last text changed as the last instruction says.
 *
 * <p>The same seed and the same sequence of conversations give the same texts. Thread-safe.
 */
public final class Author {

    private final long seed;
    private final ShapeChooser shapes;

    public Author(long seed) {
        this.seed = seed;
        this.shapes = new ShapeChooser(seed);
    }

    /**
     * The answer's text.
     *
     * @param arrives whether the answer will reach the caller whole; one that does not leaves no trace, so that a
     *     retry gets the text it would have been
     */
    public String write(Conversation conversation, boolean arrives) {
        Brief brief = BriefParser.parse(conversation.prompt());
        Optional<String> previous = conversation.previousText();
        String asked = previous.isPresent() ? conversation.instruction() : conversation.prompt();
        Optional<SectionRequest> sections = SectionRequest.in(asked);
        if (sections.isPresent()) {
            return SectionedText.write(sections.get(), brief, draw(conversation));
        }
        if (previous.isPresent()) {
            return refined(previous.get(), asked, brief);
        }
        Shape shape = shapes.choose(conversation.hints(), arrives);
        String text = shape.write(brief, draw(conversation));
        return CodeRequest.in(conversation.hints())
                .map(code -> text + "\n\n" + CodeBlock.write(code, brief, shape))
                .orElse(text);
    }

    /** The previous text changed; put into the shape of an angle first, when several refinements of it are to differ. */
    private String refined(String previous, String instruction, Brief brief) {
        Passage text = Passage.of(previous);
        if (Angle.in(instruction).isPresent()) {
            text = new Reshape(shapes.choose(previous + "\n" + instruction, true)).applyTo(text, brief);
        }
        return Instructions.apply(Angle.without(instruction), text, brief);
    }

    private long draw(Conversation conversation) {
        return StableHash.of(seed, Angle.without(conversation.hints()));
    }
}
