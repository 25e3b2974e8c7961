package dev.reprise.storage.jdbc.sql;

import java.sql.SQLException;
import java.util.List;

/** Writes many rows in few round trips. */
public interface Bulk {

    /**
     * Inserts rows.
     *
     * @return how many were inserted; fewer than given where the dialect skips rows whose key is taken
     * @throws SQLException also when a key is taken, where the dialect does not skip
     */
    <T> int insert(Tx tx, Table<T> table, List<T> rows) throws SQLException;

    /** Updates rows by the table's first column. */
    <T> void update(Tx tx, Table<T> table, List<T> rows) throws SQLException;
}
