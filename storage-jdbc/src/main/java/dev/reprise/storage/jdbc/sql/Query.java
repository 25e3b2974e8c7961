package dev.reprise.storage.jdbc.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement being filled and run. */
public final class Query {

    private final Tx tx;
    private final Sql sql;
    private final Map<String, @Nullable Object> values = new HashMap<>();
    private boolean impatient;

    public Query(Tx tx, Sql sql) {
        this.tx = tx;
        this.sql = sql;
        values.put("now", tx.statements().clock().source().millis());
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /** Gives a place its value: a text, a number, bytes, a collection of texts, or null. */
    public Query set(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    /** Lets it wait for a lock a second at most. */
    public Query impatient() {
        impatient = true;
        return this;
    }

    /** Runs it and reads all rows. */
    public <T> List<T> list(Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = run()) {
            List<T> rows = new ArrayList<>();
            try (var results = statement.getResultSet()) {
                var row = new Row(results);
                while (results.next()) {
                    rows.add(reader.read(row));
                }
            }
            return rows;
        }
    }

    /** Runs it and reads the first row. */
    public <T> Optional<T> first(Reader<T> reader) throws SQLException {
        return list(reader).stream().findFirst();
    }

    /** Runs it and tells how many rows it changed. */
    public int update() throws SQLException {
        try (PreparedStatement statement = run()) {
            return Math.max(0, statement.getUpdateCount());
        }
    }

    private PreparedStatement run() throws SQLException {
        String preamble = tx.takePreamble();
        var rendered = sql.render(values, tx.dialect().arrays());
        String before = impatient ? tx.dialect().impatient() : "";
        PreparedStatement statement = tx.connection().prepareStatement(preamble + before + rendered.text());
        try {
            bind(statement, rendered.values());
            statement.execute();
            for (int i = 0; i < preamble.length(); i++) {
                if (preamble.charAt(i) == ';') {
                    statement.getMoreResults();
                }
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void bind(PreparedStatement statement, List<@Nullable Object> all) throws SQLException {
        for (int i = 0; i < all.size(); i++) {
            Object value = all.get(i);
            if (value instanceof Collection<?> many) {
                statement.setArray(i + 1, tx.connection().createArrayOf("text", many.toArray()));
            } else {
                bind(statement, i + 1, value);
            }
        }
    }

    public static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof Integer number) {
            statement.setInt(index, number);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else {
            throw new IllegalArgumentException("cannot bind a " + value.getClass());
        }
    }
}
