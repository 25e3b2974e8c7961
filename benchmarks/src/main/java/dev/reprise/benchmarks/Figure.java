package dev.reprise.benchmarks;

import java.util.Locale;

/** What is measured of a contender in a round. */
enum Figure {
    /** Tasks stored in bulk, a second. */
    ENQUEUE("enqueue/s", 0),
    /** Tasks a second, from the workers' start until the database says that all are complete. */
    EXECUTE("executions/s", 0),
    /** Transactions that wrote, for each task, from its being stored to its being complete. */
    WRITES("write tx per task", 4),
    /** Bytes of write-ahead log for each task, from its being stored to its being complete. */
    WAL("WAL B per task", 0),
    /** Processor time of the contender's own process, storing and running. */
    CLIENT_CPU("client CPU us per task", 0),
    /** Processor time of the database server, storing and running. */
    SERVER_CPU("server CPU us per task", 0),
    /** The part of the client's processor time after the workers' start. */
    EXECUTE_CLIENT_CPU("client CPU us per execution", 0),
    /** The part of the server's processor time after the workers' start. */
    EXECUTE_SERVER_CPU("server CPU us per execution", 0),
    /** The part of the write-ahead log after the workers' start. */
    EXECUTE_WAL("WAL B per execution", 0),
    /** Bytes of the rows that are there at the end, without their indexes, for each task. */
    ROWS("row B kept per task", 0),
    /** From the call that submits one task to its beginning to run, half of them sooner. */
    PICKUP_P50("pick-up p50 ms", 2),
    /** From the call that submits one task to its beginning to run, all but a hundredth sooner. */
    PICKUP_P99("pick-up p99 ms", 2);

    private final String title;
    private final int decimals;

    Figure(String title, int decimals) {
        this.title = title;
        this.decimals = decimals;
    }

    String title() {
        return title;
    }

    /** A value as people read it. */
    String text(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
