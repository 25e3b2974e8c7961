package dev.reprise.storage.jdbc.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One statement over arrays, a column each: PostgreSQL's {@code unnest}. */
public final class UnnestArrays implements Bulk {

    private static final int CHUNK = 5_000;

    @Override
    public <T> int insert(Tx tx, Table<T> table, List<T> rows) throws SQLException {
        return run(
                tx,
                "INSERT INTO {" + table.name() + "} (" + table.names() + ") SELECT * FROM " + arrays(table)
                        + " ON CONFLICT DO NOTHING",
                table,
                rows);
    }

    @Override
    public <T> void update(Tx tx, Table<T> table, List<T> rows) throws SQLException {
        String sets = table.columns().stream()
                .skip(1)
                .map(column -> column.name() + " = v." + column.name())
                .collect(Collectors.joining(", "));
        String key = table.columns().get(0).name();
        run(
                tx,
                "UPDATE {" + table.name() + "} t SET " + sets + " FROM " + arrays(table) + " AS v (" + table.names()
                        + ") WHERE t." + key + " = v." + key,
                table,
                rows);
    }

    private static String arrays(Table<?> table) {
        return table.columns().stream()
                .map(column -> "CAST(? AS " + column.type().name().toLowerCase(Locale.ROOT) + "[])")
                .collect(Collectors.joining(", ", "unnest(", ")"));
    }

    private static <T> int run(Tx tx, String template, Table<T> table, List<T> rows) throws SQLException {
        String text =
                tx.statements().of(template).render(java.util.Map.of(), true).text();
        int changed = 0;
        try (PreparedStatement statement = tx.connection().prepareStatement(text)) {
            for (int from = 0; from < rows.size(); from += CHUNK) {
                List<T> chunk = rows.subList(from, Math.min(rows.size(), from + CHUNK));
                for (int i = 0; i < table.columns().size(); i++) {
                    statement.setArray(i + 1, array(tx, table.columns().get(i), chunk));
                }
                changed += statement.executeUpdate();
            }
        }
        return changed;
    }

    private static <T> java.sql.Array array(Tx tx, Table.Column<T> column, List<T> rows) throws SQLException {
        @Nullable
        Object[] values = switch (column.type()) {
            case TEXT -> new String[rows.size()];
            case INTEGER -> new Integer[rows.size()];
            case BIGINT -> new Long[rows.size()];
            case BYTEA -> new byte[rows.size()][];
        };
        for (int i = 0; i < values.length; i++) {
            values[i] = column.value().of(rows.get(i));
        }
        String name = switch (column.type()) {
            case TEXT -> "text";
            case INTEGER -> "int4";
            case BIGINT -> "int8";
            case BYTEA -> "bytea";
        };
        return tx.connection().createArrayOf(name, values);
    }
}
