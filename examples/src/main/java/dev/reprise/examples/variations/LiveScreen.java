package dev.reprise.examples.variations;

import java.io.PrintStream;
import java.util.Collection;

/** One line a slot, redrawn in place: for terminals. */
final class LiveScreen implements Screen {

    private static final String ESCAPE = "\u001b[";
    private static final long FRAME_NANOS = 40_000_000;

    private final PrintStream out;
    private final int columns;
    private int drawn;
    private long drawnAt;

    LiveScreen(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    @Override
    public void changed(Slot slot, boolean news, Collection<Slot> all) {
        boolean inPlace = all.size() == drawn;
        if (inPlace && slot.mood() == Slot.Mood.WORKING && System.nanoTime() - drawnAt < FRAME_NANOS) {
            return; // text streams in faster than anybody reads
        }
        var frame = new StringBuilder();
        if (drawn > 0) {
            frame.append(ESCAPE).append(drawn).append('A');
        }
        for (Slot each : all) {
            frame.append('\r')
                    .append(ESCAPE)
                    .append("2K")
                    .append(coloured(each))
                    .append(System.lineSeparator());
        }
        out.print(frame);
        out.flush();
        drawn = all.size();
        drawnAt = System.nanoTime();
    }

    @Override
    public void leave() {
        drawn = 0;
    }

    private String coloured(Slot slot) {
        int colour = switch (slot.mood()) {
            case WORKING -> 0;
            case WAITING -> 33;
            case DONE -> 32;
            case FAILED -> 31;
        };
        // A line that wraps would take two rows, and the cursor would go up too little.
        var line = Wording.cut(slot.line(), columns - 1);
        return colour == 0 ? line : ESCAPE + colour + "m" + line + ESCAPE + "0m";
    }
}
