package dev.reprise.storage.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** JDBC batches, which every database has. */
final class BatchBulk implements Bulk {

    private static final int CHUNK = 1_000;

    @Override
    public int insert(Tx tx, Table table, List<Object[]> rows) throws SQLException {
        String places = "?" + ", ?".repeat(table.columns().size() - 1);
        run(tx, "INSERT INTO {" + table.name() + "} (" + table.names() + ") VALUES (" + places + ")", rows, 0);
        return rows.size();
    }

    @Override
    public void update(Tx tx, Table table, List<Object[]> rows) throws SQLException {
        String sets = table.columns().stream()
                .skip(1)
                .map(column -> column.name() + " = ?")
                .collect(Collectors.joining(", "));
        String key = table.columns().get(0).name();
        run(tx, "UPDATE {" + table.name() + "} SET " + sets + " WHERE " + key + " = ?", rows, 1);
    }

    /** @param first the index of the column that is bound first; the others follow, from the end back to the start */
    private static void run(Tx tx, String template, List<Object[]> rows, int first) throws SQLException {
        String text =
                tx.statements().of(template).render(java.util.Map.of(), false).text();
        try (PreparedStatement statement = tx.connection().prepareStatement(text)) {
            int waiting = 0;
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    Query.bind(statement, i + 1, row[(i + first) % row.length]);
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
