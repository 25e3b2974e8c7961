package dev.reprise.examples.simulator.text;

import java.util.List;

/** A way to write a brief up; whatever the way, every fact of the brief is in the text word for word. */
interface Form {

    /** The text; {@code draw} picks among equivalent wordings, the same draw always the same ones. */
    String write(Brief brief, long draw);

    /** One of several wordings. */
    static String pick(long draw, List<String> wordings) {
        return wordings.get(StableHash.index(wordings.size(), draw, wordings.get(0)));
    }
}
