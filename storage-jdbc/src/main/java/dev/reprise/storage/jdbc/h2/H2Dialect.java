package dev.reprise.storage.jdbc.h2;

import dev.reprise.storage.jdbc.sql.Bulk;
import dev.reprise.storage.jdbc.sql.Capacity;
import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Fault;
import dev.reprise.storage.jdbc.sql.JdbcBatches;
import dev.reprise.storage.jdbc.sql.MigrationTurn;
import dev.reprise.storage.jdbc.sql.StoreClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** H2 2.2.224 and newer. */
public final class H2Dialect extends Dialect {

    private static final int GENERAL = 50000;
    /** The file is closed, or a transaction in it. */
    private static final Pattern CLOSING = Pattern.compile("\\[[0-9.]+/(4|103)]");

    private final Bulk bulk = new JdbcBatches();
    private final @Nullable String file;

    /** @param file the path, without its ending, of the file that this process has opened; null in memory */
    private H2Dialect(@Nullable String file) {
        this.file = file;
    }

    /** A database in memory. */
    public static H2Dialect inMemory() {
        return new H2Dialect(null);
    }

    /**
     * A file of this process.
     *
     * @param file its path, without its ending
     */
    public static H2Dialect ofFile(String file) {
        return new H2Dialect(file);
    }

    @Override
    public String title() {
        return "H2";
    }

    @Override
    public String folder() {
        return "h2";
    }

    @Override
    public StoreClock clock() {
        return StoreClock.bound(InstantSource.system());
    }

    @Override
    public Bulk bulk() {
        return bulk;
    }

    @Override
    public MigrationTurn migrationTurn() {
        return MigrationTurn.AGAIN;
    }

    /** H2's own thread, which every opening starts again, must not write in between. */
    @Override
    public void begin(Connection connection) throws SQLException {
        if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        if (file != null) {
            WriteDelay.none(connection);
        }
    }

    @Override
    public Capacity capacity() {
        return file != null ? Capacity.OF_AN_H2_FILE : Capacity.AMPLE;
    }

    @Override
    public boolean ordersByLead() {
        return true;
    }

    /**
     * Nothing: H2 locks all that it has to sort, and not only the first few. A claim of four among twenty thousand rewrote
     * all of them, so much that H2 wrote to its file in the middle of the transaction, which it does not survive when it is
     * killed then. What follows changes only what is still in its old state.
     */
    @Override
    public String reserve() {
        return "";
    }

    @Override
    public String currentSchema() {
        return "CURRENT_SCHEMA";
    }

    @Override
    public void restoreSchema(Connection connection, String catalog, String schema) throws SQLException {
        connection.setSchema(schema);
    }

    @Override
    public void useSchema(Connection connection, String schema) throws SQLException {
        execute(connection, "CREATE SCHEMA IF NOT EXISTS " + schema);
        execute(connection, "SET SCHEMA " + schema);
    }

    @Override
    public @Nullable String file() {
        return file;
    }

    @Override
    public boolean breaksOnInterrupt() {
        return true;
    }

    @Override
    public Fault vendor(SQLException error) {
        return switch (error.getErrorCode()) {
            case 40001, 50200, 90131 -> Fault.CONTENTION;
            // Broken, closed, locked by a process that is about to die, closing, an interrupted or failed file.
            case 90020, 90028, 90031, 90067, 90098, 90121, 90108 -> Fault.CONNECTION;
            case 57014 -> Fault.RESOURCES;
            case GENERAL -> isClosing(error) ? Fault.CONNECTION : Fault.LASTING;
            default -> Fault.LASTING;
        };
    }

    /** What a database that is being closed was in the middle of fails inside, and only the text tells why. */
    private static boolean isClosing(SQLException error) {
        var text = error.getMessage();
        return text != null && CLOSING.matcher(text).find();
    }
}
