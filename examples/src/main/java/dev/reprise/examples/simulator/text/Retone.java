package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;

/** Says the same in another tone: other words, an opening line and a closing line. */
record Retone(Tone tone) implements Change {

    @Override
    public Passage applyTo(Passage text, Brief brief) {
        Passage reworded = text.mapText(block -> Passage.isHeading(block) ? block : tone.reword(block));
        List<String> blocks = new ArrayList<>(reworded.blocks());
        if (!blocks.isEmpty() && isSalutation(blocks.get(0))) {
            blocks.add(1, tone.opening());
            blocks.add(blocks.size() - 1, tone.closing());
            return new Passage(blocks);
        }
        return reworded.opened(tone.opening()).closed(tone.closing());
    }

    /** Whether a block is how a letter begins: "Dear reader,". */
    static boolean isSalutation(String block) {
        return block.length() < 60 && block.strip().endsWith(",") && block.indexOf('\n') < 0;
    }
}
