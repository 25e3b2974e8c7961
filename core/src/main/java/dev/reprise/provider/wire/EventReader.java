package dev.reprise.provider.wire;

/** Takes the events of one stream, on the thread that makes the call. */
public interface EventReader {

    /**
     * Takes the next event.
     *
     * @return whether more is wanted; false once the stream's proper end, or an error, has been seen
     */
    boolean event(SseEvent event);

    /**
     * Looks at what stood at the end of a broken stream without the blank line that ends an event. Only a proper end, or
     * an error, may be taken from it: it may lack lines.
     */
    void remainder(SseEvent event);
}
