package dev.reprise.failure;

/**
 * The root of every exception this library throws on purpose. Expected outcomes of generations are values
 * ({@link GenerationFailure}); these mean misuse by the caller, waiting that ended early, or a broken store.
 */
public abstract sealed class RepriseException extends RuntimeException
        permits AwaitInterruptedException,
                AwaitTimeoutException,
                ClientClosedException,
                GenerationFailedException,
                InvalidRequestException,
                NotCommittedException,
                NotFoundException,
                StoreException {

    private static final long serialVersionUID = 1L;

    RepriseException(String message) {
        super(message);
    }

    RepriseException(String message, Throwable cause) {
        super(message, cause);
    }
}
