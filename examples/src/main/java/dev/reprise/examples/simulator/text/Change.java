package dev.reprise.examples.simulator.text;

/** One thing an instruction asks to be different about a text. */
interface Change {

    /** The changed text; {@code brief} is what the conversation started from, for changes that need more to say. */
    Passage applyTo(Passage text, Brief brief);
}
