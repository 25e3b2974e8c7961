package dev.reprise.attempt;

/** Why a call was cut off. */
public enum CancelReason {
    /** The app cancelled the generation. */
    APP,
    /** The attempt took too long. */
    TIMEOUT,
    /** The generation's deadline has come. */
    DEADLINE,
    /** The client closes. */
    CLOSING,
    /** The task is not this runner's any more. */
    LOST
}
