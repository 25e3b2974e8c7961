package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;

/** Says one more thing early in the text: in its first paragraph, or below its title where there is none. */
record Mention(String what) implements Change {

    Mention {
        what = Sentences.open(what);
    }

    @Override
    public Passage applyTo(Passage text, Brief brief) {
        String said = "One thing must not go unsaid: " + Sentences.closed(what);
        List<String> blocks = new ArrayList<>(text.blocks());
        for (int i = 0; i < blocks.size(); i++) {
            if (Passage.isProse(blocks.get(i)) && !Retone.isSalutation(blocks.get(i))) {
                blocks.set(i, blocks.get(i) + " " + said);
                return new Passage(blocks);
            }
        }
        return text.opened(said);
    }
}
