package dev.reprise.failure;

/**
 * The waiting thread was interrupted; its interrupt status is set again. The work goes on; await it again under its id.
 */
public final class AwaitInterruptedException extends RepriseException {

    private static final long serialVersionUID = 1L;

    /** Names what was awaited. */
    public AwaitInterruptedException(String what, InterruptedException cause) {
        super("interrupted while waiting for " + what, cause);
    }
}
