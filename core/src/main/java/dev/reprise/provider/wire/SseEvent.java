package dev.reprise.provider.wire;

import org.jspecify.annotations.Nullable;

/**
 * One event of a stream.
 *
 * @param name what the stream called it, or null when it gave no name
 * @param data its data lines, joined by line feeds
 */
public record SseEvent(@Nullable String name, String data) {}
