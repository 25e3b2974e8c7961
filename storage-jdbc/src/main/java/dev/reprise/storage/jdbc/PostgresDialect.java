package dev.reprise.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** PostgreSQL 14 and newer. */
final class PostgresDialect extends Dialect {

    static final int OLDEST = 14;

    private static final String MILLIS = "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)";

    private final Bulk bulk = new ArrayBulk();

    @Override
    String title() {
        return "PostgreSQL";
    }

    @Override
    String folder() {
        return "postgresql";
    }

    @Override
    boolean clockIsVolatile() {
        return true;
    }

    @Override
    StoreClock clock() {
        return StoreClock.server(MILLIS);
    }

    @Override
    Bulk bulk() {
        return bulk;
    }

    @Override
    Claims claims(Transactions transactions) {
        return new OneStatementClaims(transactions);
    }

    @Override
    MigrationTurn migrationTurn() {
        return MigrationTurn.ADVISORY_LOCK;
    }

    @Override
    boolean arrays() {
        return true;
    }

    @Override
    String forShare() {
        return "FOR SHARE";
    }

    /** The driver sends these with the first statement, so that they cost no round trip and end with the transaction. */
    @Override
    String preamble() {
        return "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = 1000; ";
    }

    @Override
    boolean hasSessionLocks() {
        return true;
    }

    @Override
    String currentSchema() {
        return "current_schema()";
    }

    @Override
    void restoreSchema(Connection connection, String catalog, String schema) throws SQLException {
        // SET LOCAL has ended with the transaction.
    }

    @Override
    void useSchema(Connection connection, String schema) throws SQLException {
        execute(connection, "CREATE SCHEMA IF NOT EXISTS " + schema);
        execute(connection, "SET LOCAL search_path TO " + schema);
    }

    @Override
    Fault vendor(SQLException error) {
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
