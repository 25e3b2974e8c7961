package dev.reprise.examples.variations;

/**
 * How one generation stands, for people.
 *
 * @param name what it is called here
 * @param mood what colour it deserves
 * @param text what it is doing
 */
record Slot(String name, Mood mood, String text) {

    enum Mood {
        WORKING,
        WAITING,
        DONE,
        FAILED
    }

    Slot now(Mood newMood, String newText) {
        return new Slot(name, newMood, newText);
    }

    /** A row of the board. */
    String line() {
        return "  " + name + "  " + text;
    }
}
