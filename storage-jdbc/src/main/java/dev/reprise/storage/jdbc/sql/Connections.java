package dev.reprise.storage.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Where the store's connections come from. Thread-safe. */
@FunctionalInterface
public interface Connections {

    /** A connection for one piece of work, to be closed after it. */
    Connection borrow() throws SQLException;

    /** Makes sure that nobody is given a connection again on which a transaction could not be undone. */
    default void discard(Connection connection) {}
}
