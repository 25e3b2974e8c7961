package dev.reprise.examples.command;

/** A command was called wrongly; the message is for the person who typed it. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong and what would be right. */
    public UsageException(String message) {
        super(message);
    }
}
