package dev.reprise.storage.jdbc.mariadb;

import dev.reprise.storage.jdbc.sql.Bulk;
import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Fault;
import dev.reprise.storage.jdbc.sql.JdbcBatches;
import dev.reprise.storage.jdbc.sql.MigrationTurn;
import dev.reprise.storage.jdbc.sql.StoreClock;
import java.sql.Connection;
import java.sql.SQLException;

/** MariaDB 10.11 and newer. */
public final class MariaDbDialect extends Dialect {

    public static final String OLDEST = "10.11";

    private static final String MILLIS =
            "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000)";
    private static final int PACKET_MARGIN = 64 << 10;

    private final Bulk bulk = new JdbcBatches();
    private final int largestPayload;

    /**
     * MariaDB with this setting.
     *
     * @param largestPacket the server's {@code max_allowed_packet}
     */
    public MariaDbDialect(long largestPacket) {
        // A driver that writes bytes into the statement's text may need two characters for one.
        largestPayload = (int) Math.min(Integer.MAX_VALUE / 4, (largestPacket - PACKET_MARGIN) / 2);
    }

    @Override
    public String title() {
        return "MariaDB";
    }

    @Override
    public String folder() {
        return "mariadb";
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
    public MigrationTurn migrationTurn() {
        return MigrationTurn.NAMED_LOCK;
    }

    @Override
    public String forShare() {
        return "LOCK IN SHARE MODE";
    }

    @Override
    public String bigint() {
        return "SIGNED";
    }

    @Override
    public String impatient() {
        return "SET STATEMENT innodb_lock_wait_timeout = 1 FOR ";
    }

    /** Holds for the next transaction alone. */
    @Override
    public void begin(Connection connection) throws SQLException {
        execute(connection, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
    }

    @Override
    public String currentSchema() {
        return "DATABASE()";
    }

    @Override
    public void restoreSchema(Connection connection, String catalog, String schema) throws SQLException {
        if (catalog != null) {
            connection.setCatalog(catalog);
        }
    }

    @Override
    public void useSchema(Connection connection, String schema) throws SQLException {
        execute(connection, "CREATE DATABASE IF NOT EXISTS " + schema);
        connection.setCatalog(schema);
    }

    @Override
    public int largestPayload() {
        return largestPayload;
    }

    @Override
    public Fault vendor(SQLException error) {
        return switch (error.getErrorCode()) {
            case 1020, 1205, 1213 -> Fault.CONTENTION;
            case 1040, 1053, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2002, 2003, 2006, 2013 -> Fault.CONNECTION;
            case 1062, 1169 -> Fault.DUPLICATE;
            case 1153, 1264, 1366, 1406 -> Fault.DATA;
            case 1021, 1114, 1317, 1969, 3024 -> Fault.RESOURCES;
            case 1290, 1792 -> Fault.CONNECTION;
            default -> Fault.LASTING;
        };
    }
}
