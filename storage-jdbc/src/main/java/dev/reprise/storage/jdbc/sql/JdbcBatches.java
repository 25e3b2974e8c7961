package dev.reprise.storage.jdbc.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** JDBC batches, which every database has. */
public final class JdbcBatches implements Bulk {

    private static final int CHUNK = 1_000;

    @Override
    public <T> int insert(Tx tx, Table<T> table, List<T> rows) throws SQLException {
        String places = "?" + ", ?".repeat(table.columns().size() - 1);
        run(tx, "INSERT INTO {" + table.name() + "} (" + table.names() + ") VALUES (" + places + ")", table, rows, 0);
        return rows.size();
    }

    @Override
    public <T> void update(Tx tx, Table<T> table, List<T> rows) throws SQLException {
        String sets = table.columns().stream()
                .skip(1)
                .map(column -> column.name() + " = ?")
                .collect(Collectors.joining(", "));
        String key = table.columns().get(0).name();
        run(tx, "UPDATE {" + table.name() + "} SET " + sets + " WHERE " + key + " = ?", table, rows, 1);
    }

    /** @param first the index of the column that is bound first; the others follow, from the end back to the start */
    private static <T> void run(Tx tx, String template, Table<T> table, List<T> rows, int first) throws SQLException {
        var columns = table.columns();
        String text =
                tx.statements().of(template).render(java.util.Map.of(), false).text();
        try (PreparedStatement statement = tx.connection().prepareStatement(text)) {
            int waiting = 0;
            for (T row : rows) {
                for (int i = 0; i < columns.size(); i++) {
                    var column = columns.get((i + first) % columns.size());
                    Query.bind(statement, i + 1, column.value().of(row));
                }
                statement.addBatch();
                if (++waiting == CHUNK) {
                    statement.executeBatch();
                    waiting = 0;
                }
            }
            if (waiting > 0) {
                statement.executeBatch();
            }
        }
    }
}
