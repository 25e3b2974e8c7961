package dev.reprise.failure;

/** The client has been closed and takes nothing new. Stored work is safe; another client goes on with it. */
public final class ClientClosedException extends RepriseException {

    private static final long serialVersionUID = 1L;

    /** Says what was asked for. */
    public ClientClosedException(String operation) {
        super("the client is closed: " + operation);
    }
}
