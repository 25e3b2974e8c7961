package dev.reprise.storage.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What differs from one database to the next. */
public abstract class Dialect {

    private static final int LONGEST_CHAIN = 10;

    /** Its name for people. */
    public abstract String title();

    /** The folder of its migrations. */
    public abstract String folder();

    /** Whether the server's clock may tell another time for each row, so that no index can be searched for it. */
    public boolean clockIsVolatile() {
        return false;
    }

    /** The clock that decides leases and due times. */
    public abstract StoreClock clock();

    /** How it writes many rows. */
    public abstract Bulk bulk();

    /** Whether an UPDATE can tell the rows it has changed, so that a claim is one statement. */
    public boolean updatesReturnRows() {
        return false;
    }

    /** How processes that start at once take turns in changing the schema. */
    public abstract MigrationTurn migrationTurn();

    /** Whether a collection can be bound as one array. */
    public boolean arrays() {
        return false;
    }

    /** The end of a SELECT that locks its rows; nothing where who writes has all of the database. */
    public String forUpdate() {
        return "FOR UPDATE";
    }

    /** What follows {@link #forUpdate} to leave out the rows that somebody else has locked. */
    public String skipLocked() {
        return " SKIP LOCKED";
    }

    /** Whether a transaction that writes has all of the database to itself from its beginning. */
    public boolean hasOneWriter() {
        return false;
    }

    /** The end of a SELECT that keeps others from changing its rows. */
    public String forShare() {
        return forUpdate();
    }

    /**
     * Whether an order has to begin with the index's first column, though all rows that are read have the same in it, to be
     * the index's order. Where it need not, it had better not: MariaDB 10.11 sorts then.
     */
    public boolean ordersByLead() {
        return false;
    }

    /** The end of a SELECT of the first few rows, which keeps others from taking the same, and takes none that they have. */
    public String reserve() {
        return forUpdate() + skipLocked();
    }

    /** The beginning of a part of a UNION that has an order or a limit of its own; it ends with a parenthesis. */
    public String part() {
        return "(";
    }

    /** What a CAST to a 64-bit number says. */
    public String bigint() {
        return "BIGINT";
    }

    /** Statements to send in front of the first one of a transaction, in the same round trip. */
    public String preamble() {
        return "";
    }

    /** What to put before a statement that may wait for a lock, so that it waits for a second at most. */
    public String impatient() {
        return "";
    }

    /** What a connection's auto-commit is while the store's transactions last: on where their ends are statements. */
    public boolean autoCommitsInTransactions() {
        return false;
    }

    /** Called before the first statement of a transaction. */
    public void begin(Connection connection) throws SQLException {}

    /** Called in a transaction of the caller's own before the library's first statement in it. */
    public void join(Tx callers) throws SQLException {}

    /** Ends a transaction. */
    public void commit(Connection connection) throws SQLException {
        connection.commit();
    }

    /** Undoes a transaction; does nothing when none has begun. */
    public void rollback(Connection connection) throws SQLException {
        connection.rollback();
    }

    /** SQL that counts the tables of a name in lower case, in a schema or, without one, in the connection's own. */
    public String countTables(@Nullable String schema, String table) {
        return "SELECT COUNT(*) FROM information_schema.tables WHERE LOWER(table_name) = '" + table
                + "' AND LOWER(table_schema) = LOWER(" + (schema == null ? currentSchema() : "'" + schema + "'") + ")";
    }

    /** Selects the schema for the statements of a migration. */
    public abstract void useSchema(Connection connection, String schema) throws SQLException;

    /** The path of the database's file without its ending, when it is a file of this machine. */
    public @Nullable String file() {
        return null;
    }

    /** The store's connections, from the application's source. */
    public Connections connections(DataSource source) throws SQLException {
        return source::getConnection;
    }

    /** Whether a session can hold a lock that others see and the server frees with the session. */
    public boolean hasSessionLocks() {
        return false;
    }

    /** The connection's schema, in SQL. */
    public abstract String currentSchema();

    /** Undoes {@link #useSchema}. */
    public abstract void restoreSchema(Connection connection, String catalog, String schema) throws SQLException;

    /** Refuses names that this database cannot have. */
    public void check(Names names) {}

    /** What is wrong with the database that keeps nobody from working yet, in sentences for people. */
    public List<String> problems() {
        return List.of();
    }

    /** The store is closed, and uses the database no more. */
    public void close() {}

    /** Whether an interrupt of the calling thread would break more than its own call. */
    public boolean breaksOnInterrupt() {
        return false;
    }

    /** How much one transaction may store. */
    public Capacity capacity() {
        return Capacity.AMPLE;
    }

    /** The largest payload that fits. */
    public int largestPayload() {
        return 512 << 20;
    }

    /** What an error means. */
    public final Fault classify(SQLException error) {
        Throwable at = error;
        for (int i = 0; at != null && i < LONGEST_CHAIN; i++) {
            if (at instanceof SQLException sql) {
                for (SQLException next = sql; next != null; next = next.getNextException()) {
                    Fault fault = one(next);
                    if (fault != Fault.LASTING) {
                        return fault;
                    }
                }
            }
            at = at.getCause();
        }
        return Fault.LASTING;
    }

    private Fault one(SQLException error) {
        Fault own = vendor(error);
        if (own != Fault.LASTING) {
            return own;
        }
        if (error instanceof SQLTransientConnectionException
                || error instanceof SQLNonTransientConnectionException
                || error instanceof SQLRecoverableException) {
            return Fault.CONNECTION;
        }
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        if (state.equals("23505")) {
            return Fault.DUPLICATE;
        }
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08" -> Fault.CONNECTION;
            case "22", "23", "54" -> Fault.DATA;
            case "40" -> Fault.CONTENTION;
            case "53" -> Fault.RESOURCES;
            default -> Fault.LASTING;
        };
    }

    /** What an error means by this database's own codes; LASTING when they do not say. */
    public abstract Fault vendor(SQLException error);

    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
