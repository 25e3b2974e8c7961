package dev.reprise.event;

/**
 * Told what happens to generations in this process: one listener sees all of a client's.
 *
 * <p>Called one event at a time, in order for each generation, on a thread of the library that holds no lock and no
 * transaction. A slow listener delays later events, never the work; an exception is logged and dropped. When more than
 * 10,000 events or 16 MiB of them wait, further {@link GenerationEvent.TextDelta}s are dropped, which is logged, and nothing
 * else ever is.
 */
@FunctionalInterface
public interface GenerationListener {

    /** Something happened. */
    void onEvent(GenerationEvent event);
}
