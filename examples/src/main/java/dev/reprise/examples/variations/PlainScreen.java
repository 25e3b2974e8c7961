package dev.reprise.examples.variations;

import java.io.PrintStream;
import java.util.Collection;

/** A line for each piece of news: for files, pipes and terminals that only scroll. */
record PlainScreen(PrintStream out) implements Screen {

    @Override
    public void changed(Slot slot, boolean news, Collection<Slot> all) {
        if (news) {
            out.println(slot.line());
        }
    }

    @Override
    public void leave() {
        // Lines stay where they are.
    }
}
