package dev.reprise.examples.simulator.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** A Markdown text as its blocks: headings, paragraphs, lists, tables, and fenced code, which is never torn apart. */
record Passage(List<String> blocks) {

    private static final Pattern ITEM = Pattern.compile("(?s)(?:[-*•]|\\d+[.)])\\s.*");

    Passage {
        blocks = List.copyOf(blocks);
    }

    static Passage of(String text) {
        List<String> blocks = new ArrayList<>();
        List<String> open = new ArrayList<>();
        boolean inCode = false;
        for (String line : text.lines().toList()) {
            boolean fence = line.strip().startsWith("```");
            if (!inCode && (fence || line.isBlank() || line.startsWith("#"))) {
                close(open, blocks);
            }
            if (inCode || !line.isBlank()) {
                open.add(line);
            }
            if (inCode ? fence : line.startsWith("#")) {
                close(open, blocks);
            }
            inCode ^= fence;
        }
        close(open, blocks);
        return new Passage(blocks);
    }

    private static void close(List<String> open, List<String> blocks) {
        if (!open.isEmpty()) {
            blocks.add(String.join("\n", open));
            open.clear();
        }
    }

    static boolean isCode(String block) {
        return block.strip().startsWith("```");
    }

    static boolean isHeading(String block) {
        return block.startsWith("#");
    }

    static boolean isList(String block) {
        return ITEM.matcher(block).matches();
    }

    static boolean isProse(String block) {
        return !isCode(block) && !isHeading(block) && !isList(block) && !block.startsWith("|");
    }

    boolean hasCode() {
        return blocks.stream().anyMatch(Passage::isCode);
    }

    /** The same text with each block but code changed. */
    Passage mapText(UnaryOperator<String> change) {
        return new Passage(blocks.stream()
                .map(block -> isCode(block) ? block : change.apply(block))
                .toList());
    }

    /** The same text with each block of code changed. */
    Passage mapCode(UnaryOperator<String> change) {
        return new Passage(blocks.stream()
                .map(block -> isCode(block) ? change.apply(block) : block)
                .toList());
    }

    /** The same text with a block put in right below the title, or first where there is none. */
    Passage opened(String block) {
        List<String> changed = new ArrayList<>(blocks);
        changed.add(!blocks.isEmpty() && isHeading(blocks.get(0)) ? 1 : 0, block);
        return new Passage(changed);
    }

    /** The same text with blocks put at the end of its prose, before any code that ends it. */
    Passage closed(String... added) {
        List<String> changed = new ArrayList<>(blocks);
        int at = changed.size();
        while (at > 0 && isCode(changed.get(at - 1))) {
            at--;
        }
        changed.addAll(at, List.of(added));
        return new Passage(changed);
    }

    String text() {
        return String.join("\n\n", blocks);
    }
}
