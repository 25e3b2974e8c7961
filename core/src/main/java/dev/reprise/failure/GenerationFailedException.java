package dev.reprise.failure;

/** Thrown to who awaits a generation that ended without success. The generation stays readable under its id. */
public final class GenerationFailedException extends RepriseException {

    private static final long serialVersionUID = 1L;

    private final String generationId;
    private final transient GenerationFailure failure;

    /** A generation's failure, as an exception. */
    public GenerationFailedException(String generationId, GenerationFailure failure) {
        super((generationId.isEmpty() ? "the preview" : "generation " + generationId) + " failed: " + failure);
        this.generationId = generationId;
        this.failure = failure;
    }

    /** The generation's id; empty for a preview, which has none. */
    public String generationId() {
        return generationId;
    }

    /** Why it failed. */
    public GenerationFailure failure() {
        return failure;
    }
}
