package dev.reprise.storage.jdbc;

import java.util.Arrays;
import java.util.List;

/**
 * A table, or some columns of it, for writing many rows at once.
 *
 * @param name its name without the prefix
 * @param columns what is written, the key first
 */
record Table(String name, List<Column> columns) {

    /** What a column holds; its name in PostgreSQL. */
    enum Type {
        TEXT,
        INTEGER,
        BIGINT,
        BYTEA
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type what it holds
     */
    record Column(String name, Type type) {}

    /** @param columns a name and a type each, as in {@code "id text"} */
    static Table of(String name, String... columns) {
        return new Table(
                name,
                Arrays.stream(columns)
                        .map(column -> column.split(" ", 2))
                        .map(words -> new Column(words[0], Type.valueOf(words[1].toUpperCase(java.util.Locale.ROOT))))
                        .toList());
    }

    /** The names of its columns, with commas. */
    String names() {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }
}
