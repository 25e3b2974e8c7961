package dev.reprise.storage.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** A connection as the store's own statements see it; used by one thread, as long as one piece of work lasts. */
public final class Tx {

    private final Connection connection;
    private final Statements statements;
    private String preamble;

    /**
     * A transaction on a connection.
     *
     * @param preamble statements to send in front of the first one, in the same round trip; possibly empty
     */
    public Tx(Connection connection, Statements statements, String preamble) {
        this.connection = connection;
        this.statements = statements;
        this.preamble = preamble;
    }

    /** A statement to fill and run. */
    public Query sql(String template) {
        return new Query(this, statements.of(template));
    }

    /** Inserts rows, in few round trips; returns how many there are now that were not before. */
    public <T> int insert(Table<T> table, List<T> rows) throws SQLException {
        return rows.isEmpty() ? 0 : dialect().bulk().insert(this, table, rows);
    }

    /** Updates rows by their key, which is the table's first column, in few round trips. */
    public <T> void update(Table<T> table, List<T> rows) throws SQLException {
        if (!rows.isEmpty()) {
            dialect().bulk().update(this, table, rows);
        }
    }

    public Connection connection() {
        return connection;
    }

    public Statements statements() {
        return statements;
    }

    public Dialect dialect() {
        return statements.dialect();
    }

    /** The preamble, once. */
    public String takePreamble() {
        String taken = preamble;
        preamble = "";
        return taken;
    }

    /** This transaction has come to a point at which a test may hold it. */
    public void pause(PausePoint point, Collection<String> tasks) {
        statements.pauses().at(point, tasks);
    }
}
