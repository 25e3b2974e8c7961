package dev.reprise.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of rows.
 *
 * @param rows the rows
 * @param next where this page ended, or null when there is nothing after it
 */
public record Slice<T>(List<T> rows, @Nullable PagePoint next) {

    /** Copies the list. */
    public Slice {
        rows = List.copyOf(rows);
    }
}
