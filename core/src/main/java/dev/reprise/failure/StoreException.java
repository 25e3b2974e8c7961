package dev.reprise.failure;

/** The store failed, or refused to work as configured. Whoever runs the store fixes it. */
public final class StoreException extends RepriseException {

    private static final long serialVersionUID = 1L;

    private final boolean transientFault;

    private StoreException(String message, Throwable cause, boolean transientFault) {
        super(message, cause);
        this.transientFault = transientFault;
    }

    private StoreException(String message) {
        super(message);
        this.transientFault = false;
    }

    /** A fault that may be gone at the next try: a lost connection, a deadlock, a busy file. */
    public static StoreException passing(String message, Throwable cause) {
        return new StoreException(message, cause, true);
    }

    /** A fault that stays until somebody changes something. */
    public static StoreException lasting(String message, Throwable cause) {
        return new StoreException(message, cause, false);
    }

    /** A store that cannot work as configured. */
    public static StoreException misconfigured(String message) {
        return new StoreException(message);
    }

    /** Whether the same call may succeed later, unchanged. */
    public boolean passing() {
        return transientFault;
    }
}
