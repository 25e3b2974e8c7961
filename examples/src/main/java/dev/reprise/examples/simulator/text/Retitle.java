package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;

/** Gives the text another title. */
record Retitle(String title) implements Change {

    Retitle {
        title = Sentences.open(title).replaceAll("^[\"“']+|[\"”']+$", "");
    }

    @Override
    public Passage applyTo(Passage text, Brief brief) {
        List<String> blocks = new ArrayList<>(text.blocks());
        if (!blocks.isEmpty() && Passage.isHeading(blocks.get(0))) {
            blocks.remove(0);
        }
        blocks.add(0, "# " + title);
        return new Passage(blocks);
    }
}
