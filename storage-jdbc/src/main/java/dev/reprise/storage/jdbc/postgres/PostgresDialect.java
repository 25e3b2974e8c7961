package dev.reprise.storage.jdbc.postgres;

import dev.reprise.storage.jdbc.sql.Bulk;
import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Fault;
import dev.reprise.storage.jdbc.sql.MigrationTurn;
import dev.reprise.storage.jdbc.sql.StoreClock;
import dev.reprise.storage.jdbc.sql.UnnestArrays;
import java.sql.Connection;
import java.sql.SQLException;

/** PostgreSQL 14 and newer. */
public final class PostgresDialect extends Dialect {

    public static final int OLDEST = 14;

    private static final String MILLIS = "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)";

    private final Bulk bulk = new UnnestArrays();

    @Override
    public String title() {
        return "PostgreSQL";
    }

    @Override
    public String folder() {
        return "postgresql";
    }

    @Override
    public boolean clockIsVolatile() {
        return true;
    }

    @Override
    public StoreClock clock() {
        return StoreClock.server(MILLIS);
    }

    @Override
    public Bulk bulk() {
        return bulk;
    }

    @Override
    public boolean updatesReturnRows() {
        return true;
    }

    @Override
    public MigrationTurn migrationTurn() {
        return MigrationTurn.ADVISORY_LOCK;
    }

    @Override
    public boolean arrays() {
        return true;
    }

    @Override
    public String forShare() {
        return "FOR SHARE";
    }

    /** The driver sends these with the first statement, so that they cost no round trip and end with the transaction. */
    @Override
    public String preamble() {
        return "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = 1000;"
                + " SET LOCAL idle_in_transaction_session_timeout = 5000; ";
    }

    @Override
    public boolean hasSessionLocks() {
        return true;
    }

    @Override
    public String currentSchema() {
        return "current_schema()";
    }

    @Override
    public void restoreSchema(Connection connection, String catalog, String schema) throws SQLException {
        // SET LOCAL has ended with the transaction.
    }

    @Override
    public void useSchema(Connection connection, String schema) throws SQLException {
        execute(connection, "CREATE SCHEMA IF NOT EXISTS " + schema);
        execute(connection, "SET LOCAL search_path TO " + schema);
    }

    @Override
    public Fault vendor(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return switch (state) {
            case "55P03" -> Fault.CONTENTION;
            // A shutdown, a server that starts, an administrator's kill; a standby that is not yet the primary.
            case "57P01", "57P02", "57P03", "25006" -> Fault.CONNECTION;
            case "57014", "25P03", "55006" -> Fault.RESOURCES;
            default -> Fault.LASTING;
        };
    }
}
