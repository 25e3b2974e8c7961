package dev.reprise.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The present row of a result.
 *
 * @param results the result
 */
record Row(ResultSet results) {

    String text(String column) throws SQLException {
        return results.getString(column);
    }

    @Nullable
    String textOrNull(String column) throws SQLException {
        return results.getString(column);
    }

    int number(String column) throws SQLException {
        return results.getInt(column);
    }

    @Nullable
    Integer numberOrNull(String column) throws SQLException {
        int value = results.getInt(column);
        return results.wasNull() ? null : value;
    }

    long big(String column) throws SQLException {
        return results.getLong(column);
    }

    @Nullable
    Long bigOrNull(String column) throws SQLException {
        long value = results.getLong(column);
        return results.wasNull() ? null : value;
    }

    boolean yes(String column) throws SQLException {
        return results.getInt(column) != 0;
    }

    Instant instant(String column) throws SQLException {
        return Instant.ofEpochMilli(big(column));
    }

    @Nullable
    Instant instantOrNull(String column) throws SQLException {
        Long value = bigOrNull(column);
        return value == null ? null : Instant.ofEpochMilli(value);
    }

    byte @Nullable [] bytes(String column) throws SQLException {
        return results.getBytes(column);
    }
}
