package dev.reprise.storage.jdbc;

import java.sql.SQLException;
import java.util.List;

/** Writes many rows in few round trips. */
interface Bulk {

    /**
     * Inserts rows.
     *
     * @return how many were inserted; fewer than given where the dialect skips rows whose key is taken
     * @throws SQLException also when a key is taken, where the dialect does not skip
     */
    int insert(Tx tx, Table table, List<Object[]> rows) throws SQLException;

    /** Updates rows by the table's first column. */
    void update(Tx tx, Table table, List<Object[]> rows) throws SQLException;
}
