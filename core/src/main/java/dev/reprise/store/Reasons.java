package dev.reprise.store;

/** The reasons that stores and the engine give for a task's state, as stored. */
public final class Reasons {

    /** HELD: as many tasks of its batch as may be are under way. */
    public static final String ADMISSION = "admission";
    /** HELD: its batch is paused. */
    public static final String PAUSED = "paused";
    /** PARKED: nobody has registered its provider; followed by the name. */
    public static final String UNKNOWN_PROVIDER = "unknown_provider:";
    /** PARKED: nobody has registered its output processor; followed by the name. */
    public static final String UNKNOWN_PROCESSOR = "unknown_processor:";
    /** PARKED: its payload cannot be read. */
    public static final String UNREADABLE = "unreadable_payload";
    /** Shown as PARKED: a newer version has put it into a state that this one does not know; followed by the state. */
    public static final String UNKNOWN_STATE = "unknown_state:";
    /** FAILED: too many runners died on it, or one did and it must not be sent again. */
    public static final String CRASHED = "crashed";
    /** FAILED: its deadline came while it waited for its turn. */
    public static final String DEADLINE = "deadline";
    /** FAILED: its outcome could not be stored. */
    public static final String UNSTORABLE = "unstorable";
    /** SKIPPED: a task it depends on did not succeed. */
    public static final String DEPENDENCY = "dependency";
    /** SKIPPED: a task of its batch failed, and the batch stops then. */
    public static final String STOPPED = "stopped";

    private Reasons() {}
}
