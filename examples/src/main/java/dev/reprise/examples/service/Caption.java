package dev.reprise.examples.service;

/** What the app's page shows where a caption belongs. */
public sealed interface Caption {

    /** It is still being written. */
    record Pending() implements Caption {}

    /**
     * It is there.
     *
     * @param text the caption
     */
    record Ready(String text) implements Caption {}

    /**
     * It will not come.
     *
     * @param message one sentence for the person who looks at the page
     * @param reference what that person gives to support
     */
    record Unavailable(String message, String reference) implements Caption {}
}
