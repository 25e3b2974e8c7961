package dev.reprise.failure;

/**
 * What was submitted in a transaction of the caller's own is awaited or read before the caller has committed it. Commit
 * first; after a rollback it does not exist.
 */
public final class NotCommittedException extends RepriseException {

    private static final long serialVersionUID = 1L;

    private final String id;

    /**
     * @param what the kind of thing, as in {@code generation}
     * @param id its id
     */
    public NotCommittedException(String what, String id) {
        super(what + " " + id
                + " is not in the store: the transaction it was submitted in has not been committed, or was"
                + " rolled back");
        this.id = id;
    }

    /** The id of what is not in the store. */
    public String id() {
        return id;
    }
}
