package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the text by a good fifth at least: first half of each paragraph, then whole blocks from the end. */
record Shorten() implements Change {

    private static final double GOAL = 0.8;

    @Override
    public Passage applyTo(Passage text, Brief brief) {
        List<String> blocks = new ArrayList<>(text.mapText(Shorten::halved).blocks());
        double goal = GOAL * text.text().length();
        for (int i = blocks.size() - 1; i > 0 && length(blocks) > goal; i--) {
            if (!Passage.isCode(blocks.get(i))) {
                blocks.remove(i);
            }
        }
        for (int i = blocks.size() - 1; i > 0; i--) {
            boolean endsSection = i == blocks.size() - 1 || Passage.isHeading(blocks.get(i + 1));
            if (Passage.isHeading(blocks.get(i)) && endsSection) {
                blocks.remove(i);
            }
        }
        if (blocks.size() == 1 && length(blocks) > goal && !Passage.isCode(blocks.get(0))) {
            blocks.set(0, Sentences.closed(blocks.get(0).substring(0, lastSpace(blocks.get(0), (int) goal))));
        }
        return new Passage(blocks);
    }

    private static String halved(String block) {
        if (Passage.isHeading(block)) {
            return block;
        }
        if (Passage.isProse(block)) {
            List<String> sentences = Sentences.of(block);
            return String.join(" ", sentences.subList(0, (sentences.size() + 1) / 2));
        }
        List<String> lines = Arrays.asList(block.split("\n"));
        return String.join("\n", lines.subList(0, Math.max(1, lines.size() * 2 / 3)));
    }

    private static int length(List<String> blocks) {
        return String.join("\n\n", blocks).length();
    }

    private static int lastSpace(String text, int before) {
        int space = text.lastIndexOf(' ', before);
        return space > 0 ? space : Math.max(1, before);
    }
}
