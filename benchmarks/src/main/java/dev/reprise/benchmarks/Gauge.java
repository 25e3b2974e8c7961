package dev.reprise.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads what has been spent so far, here and in the database. Not thread-safe. */
final class Gauge {

    // Reading these assigns no transaction id and writes nothing.
    private static final String SERVER = """
            SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint),
                CAST(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS bigint)""";

    private final Connection connection;
    private final ServerCpu serverCpu;
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    Gauge(Connection connection) throws SQLException {
        this.connection = connection;
        serverCpu = ServerCpu.ofBackend(Path.of("/proc"), number("SELECT pg_backend_pid()"));
    }

    /**
     * What had been spent at a moment.
     *
     * @param nanos {@link System#nanoTime}
     * @param clientCpu processor time of this process, in nanoseconds
     * @param transactions the next transaction id: PostgreSQL assigns one to a transaction when it first writes
     * @param wal bytes of write-ahead log
     * @param serverCpu processor time of the server, in nanoseconds
     */
    record Reading(long nanos, long clientCpu, long transactions, long wal, OptionalLong serverCpu) {

        /** What was spent since an earlier reading. */
        Spent since(Reading start) {
            return new Spent(
                    nanos - start.nanos,
                    clientCpu - start.clientCpu,
                    transactions - start.transactions,
                    wal - start.wal,
                    serverCpu.isPresent() && start.serverCpu.isPresent()
                            ? serverCpu.getAsLong() - start.serverCpu.getAsLong()
                            : Double.NaN);
        }
    }

    /** What was spent between two readings, in the same units; NaN where it cannot be known. */
    record Spent(double nanos, double clientCpu, double transactions, double wal, double serverCpu) {

        Spent plus(Spent other) {
            return new Spent(
                    nanos + other.nanos,
                    clientCpu + other.clientCpu,
                    transactions + other.transactions,
                    wal + other.wal,
                    serverCpu + other.serverCpu);
        }
    }

    /** A reading before something begins: the time is read last. */
    Reading before() throws SQLException {
        var server = server();
        return new Reading(System.nanoTime(), process.getProcessCpuTime(), server.xid, server.wal, server.cpu);
    }

    /** A reading after something has ended: the time is read first. */
    Reading after() throws SQLException {
        long nanos = System.nanoTime();
        long cpu = process.getProcessCpuTime();
        var server = server();
        return new Reading(nanos, cpu, server.xid, server.wal, server.cpu);
    }

    private record Server(long xid, long wal, OptionalLong cpu) {}

    private Server server() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SERVER)) {
            rows.next();
            return new Server(rows.getLong(1), rows.getLong(2), serverCpu.nanos());
        }
    }

    /** The number that a query answers. */
    long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The boolean that a query answers. */
    boolean truth(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    /** The first column of what a query answers. */
    List<String> texts(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    /** Runs a statement. */
    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
