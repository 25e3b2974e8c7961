package dev.reprise.storage.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Where the store's connections come from. Thread-safe. */
@FunctionalInterface
public interface Connections {

    /** A connection for one piece of work, to be closed after it. */
    Connection borrow() throws SQLException;

    /**
     * Whether the driver replaces a broken connection by a new one, in the middle of a statement, while auto-commit is on.
     */
    default boolean reconnects() {
        return false;
    }
}
