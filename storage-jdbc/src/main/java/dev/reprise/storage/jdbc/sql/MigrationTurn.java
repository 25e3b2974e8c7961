package dev.reprise.storage.jdbc.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How processes that start at the same moment take turns in changing the schema. */
public enum MigrationTurn {

    /** PostgreSQL: a lock that ends with the transaction, which holds all of the change. */
    ADVISORY_LOCK {
        @Override
        public void take(Connection connection, String name) throws SQLException {
            run(connection, "SELECT pg_advisory_xact_lock(" + name.hashCode() + ", 7770001)");
        }
    },

    /** MariaDB: a lock of the session, because every statement of a change commits by itself. */
    NAMED_LOCK {
        @Override
        public void take(Connection connection, String name) throws SQLException {
            if (run(connection, "SELECT GET_LOCK('reprise:" + name + "', 60)") != 1) {
                throw new SQLException("another process is changing the schema for more than a minute", "40001");
            }
        }

        @Override
        public void give(Connection connection, String name) throws SQLException {
            run(connection, "SELECT RELEASE_LOCK('reprise:" + name + "')");
        }
    },

    /** SQLite: the lock of who writes, which the transaction has begun with. */
    WRITER {
        @Override
        public void take(Connection connection, String name) {}
    },

    /** H2: none; every statement may be run again, and is when two met. */
    AGAIN {
        @Override
        public void take(Connection connection, String name) {}

        @Override
        public boolean again(int attempt) {
            return attempt < 20;
        }
    };

    public abstract void take(Connection connection, String name) throws SQLException;

    public void give(Connection connection, String name) throws SQLException {}

    /** Whether to start over after a failure. */
    public boolean again(int attempt) {
        return attempt < 3;
    }

    private static int run(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet results = statement.executeQuery()) {
            return results.next()
                            && results.getString(1) != null
                            && results.getString(1).equals("1")
                    ? 1
                    : 0;
        }
    }
}
