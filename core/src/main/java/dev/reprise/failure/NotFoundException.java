package dev.reprise.failure;

/** There is nothing with this id for this owner: it never was, was deleted, or belongs to somebody else. */
public final class NotFoundException extends RepriseException {

    private static final long serialVersionUID = 1L;

    private final String id;

    /**
     * @param what the kind of thing, as in {@code generation}
     * @param id the id that was asked for
     */
    public NotFoundException(String what, String id) {
        super(what + " not found: " + id);
        this.id = id;
    }

    /** The id that was asked for. */
    public String id() {
        return id;
    }
}
