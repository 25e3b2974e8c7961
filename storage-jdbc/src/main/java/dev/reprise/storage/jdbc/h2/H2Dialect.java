package dev.reprise.storage.jdbc.h2;

import dev.reprise.storage.jdbc.sql.Bulk;
import dev.reprise.storage.jdbc.sql.Capacity;
import dev.reprise.storage.jdbc.sql.Connections;
import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Fault;
import dev.reprise.storage.jdbc.sql.JdbcBatches;
import dev.reprise.storage.jdbc.sql.MigrationTurn;
import dev.reprise.storage.jdbc.sql.StoreClock;
import dev.reprise.storage.jdbc.sql.WriteTurn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** H2 2.2.224 and newer. */
public final class H2Dialect extends Dialect {

    private final Bulk bulk = new JdbcBatches();
    private final @Nullable String file;
    private final boolean shared;

    /**
     * @param file the path, without its ending, of the file that this process, or one beside it, has opened; null when it
     *     is none
     * @param shared whether other processes may use the file at the same time
     */
    private H2Dialect(@Nullable String file, boolean shared) {
        this.file = file;
        this.shared = shared;
    }

    /** A database in memory, whose processes are one, or on a server. */
    public static H2Dialect withoutFile() {
        return new H2Dialect(null, false);
    }

    /**
     * A file.
     *
     * @param connection a connection that has it open
     * @param file its path, without its ending
     */
    public static H2Dialect ofFile(Connection connection, String file) throws SQLException {
        return new H2Dialect(file, new H2Host(file).isShared(connection));
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

    /**
     * In the turn, nobody else writes: not what a killed process has left behind at the host, and not H2's own thread,
     * which every opening starts again. The connection cannot have been moved to a newly opened database unnoticed any
     * more, because H2 does that only while auto-commit is on.
     */
    @Override
    public WriteTurn.Taken take(WriteTurn turn, Connection connection) throws SQLException {
        var taken = turn.take();
        if (turn == WriteTurn.NOT_NEEDED) {
            return taken; // nothing is going to be written
        }
        boolean ready = false;
        try {
            if (file != null) {
                HostSession.awaitEnd(connection, taken.left());
                taken.mark(HostSession.of(connection));
                WriteDelay.none(connection);
            }
            ready = true;
            return taken;
        } finally {
            if (!ready) {
                taken.close();
            }
        }
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
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
    public Connections connections(DataSource source) {
        boolean known = shared || H2Url.sharedFile(source) != null;
        return file != null && known ? new SharedFile(source, file) : super.connections(source);
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
            default -> Fault.LASTING;
        };
    }
}
