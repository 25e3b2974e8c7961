package dev.reprise.examples.simulator.text;

import java.util.stream.Stream;

/** Puts everything the text says into another shape; its code stays as it is. */
record Reshape(Shape shape) implements Change {

    @Override
    public Passage applyTo(Passage text, Brief brief) {
        Brief said = BriefParser.parse(text.text());
        Passage reshaped = Passage.of(shape.write(said, StableHash.of(said.title())));
        return new Passage(
                Stream.concat(reshaped.blocks().stream(), text.blocks().stream().filter(Passage::isCode))
                        .toList());
    }
}
