package dev.reprise.benchmarks;

import java.sql.SQLException;
import java.util.List;

/**
 * One way of running durable tasks. A task carries a text and does nothing but tell {@link Executions} that it ran. Used
 * by one thread; its own workers may be many.
 */
interface Contender {

    /** Creates its tables in an empty database. */
    void createTables() throws SQLException;

    /** Stores tasks, durable when this returns; no worker is at work. */
    void enqueue(List<String> texts) throws SQLException;

    /** Puts workers to work on whatever is stored. */
    void startWorkers() throws SQLException;

    /** Stores one task while workers are at work, as an app does that wants it run at once. */
    void submit(String text) throws SQLException;

    /** Stops the workers and waits for them; they may be started again. */
    void stopWorkers() throws SQLException;

    /** A query of one boolean, asked often while work goes on: whether anything is left to do. */
    String unfinished();

    /** A query of one number, asked at the end: how many of all stored tasks the database does not call complete. */
    String incomplete();
}
