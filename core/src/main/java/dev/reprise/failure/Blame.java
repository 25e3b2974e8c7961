package dev.reprise.failure;

/** Who has to change something so that a failure does not come back. Decides refunds. */
public enum Blame {
    /** The app or its user: the request itself, its deadline, its cancellation. */
    CALLER,
    /** Whoever runs the app: keys, billing, processes, the database. */
    OPERATOR,
    /** The provider or the network towards it. */
    PROVIDER,
    /** What was asked for: the model declined it. */
    CONTENT
}
