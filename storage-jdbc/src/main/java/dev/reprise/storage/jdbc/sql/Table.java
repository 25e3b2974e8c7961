package dev.reprise.storage.jdbc.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table, or some columns of it, for writing many rows at once: each column is listed once, with what is written to it.
 *
 * @param name its name without the prefix
 * @param columns what is written, the key first
 */
public record Table<T>(String name, List<Column<T>> columns) {

    /** What a column holds; its name in PostgreSQL. */
    public enum Type {
        TEXT,
        INTEGER,
        BIGINT,
        BYTEA
    }

    /** Tells a column's value. */
    @FunctionalInterface
    public interface Value<T> {
        @Nullable
        Object of(T row);
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type what it holds
     * @param value what is written to it
     */
    public record Column<T>(String name, Type type, Value<T> value) {}

    /** Starts a table. */
    public static <T> Builder<T> named(String name) {
        return new Builder<>(name);
    }

    /** The names of its columns, with commas. */
    public String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /** Collects columns. */
    public static final class Builder<T> {

        private final String name;
        private final List<Column<T>> columns = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        private Builder<T> add(String column, Type type, Value<T> value) {
            columns.add(new Column<>(column, type, value));
            return this;
        }

        /** A column of text. */
        public Builder<T> text(String column, Value<T> value) {
            return add(column, Type.TEXT, value);
        }

        /** A column of 32-bit numbers. */
        public Builder<T> integer(String column, Value<T> value) {
            return add(column, Type.INTEGER, value);
        }

        /** A column of 64-bit numbers. */
        public Builder<T> bigint(String column, Value<T> value) {
            return add(column, Type.BIGINT, value);
        }

        /** A column of bytes. */
        public Builder<T> bytes(String column, Value<T> value) {
            return add(column, Type.BYTEA, value);
        }

        /** The table. */
        public Table<T> build() {
            return new Table<>(name, List.copyOf(columns));
        }
    }
}
