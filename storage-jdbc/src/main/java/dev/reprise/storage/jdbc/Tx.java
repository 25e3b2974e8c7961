package dev.reprise.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A connection as the store's own statements see it; used by one thread, as long as one piece of work lasts. */
final class Tx {

    private final Connection connection;
    private final Statements statements;
    private String preamble;

    /** @param preamble statements to send in front of the first one, in the same round trip; possibly empty */
    Tx(Connection connection, Statements statements, String preamble) {
        this.connection = connection;
        this.statements = statements;
        this.preamble = preamble;
    }

    /** A statement to fill and run. */
    Query sql(String template) {
        return new Query(this, statements.of(template));
    }

    /** Inserts rows, in few round trips; returns how many there are now that were not before. */
    int insert(Table table, List<Object[]> rows) throws SQLException {
        return rows.isEmpty() ? 0 : dialect().bulk().insert(this, table, rows);
    }

    /** Updates rows by their key, which is the table's first column, in few round trips. */
    void update(Table table, List<Object[]> rows) throws SQLException {
        if (!rows.isEmpty()) {
            dialect().bulk().update(this, table, rows);
        }
    }

    Connection connection() {
        return connection;
    }

    Statements statements() {
        return statements;
    }

    Dialect dialect() {
        return statements.dialect();
    }

    /** The preamble, once. */
    String takePreamble() {
        String taken = preamble;
        preamble = "";
        return taken;
    }
}
