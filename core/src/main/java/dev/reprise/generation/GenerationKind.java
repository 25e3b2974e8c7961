package dev.reprise.generation;

/** How a generation came to be. */
public enum GenerationKind {
    /** Asked for by itself. */
    SINGLE,
    /** One of several of the same request, side by side. */
    VARIATION,
    /** Made from its parent's output and an instruction. */
    REFINEMENT,
    /** Goes on from its parent in a way the app named, as a prequel or a sequel does. */
    CONTINUATION,
    /** One of an item batch. */
    ITEM,
    /** One step of a plan. */
    STEP
}
