package dev.reprise.storage.memory;

import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Streams over part of a sorted map, which would count all of that part before the first step. */
final class UnsizedStream {

    private UnsizedStream() {}

    static <T> Stream<T> of(Iterable<T> part) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(part.iterator(), Spliterator.ORDERED | Spliterator.NONNULL), false);
    }
}
