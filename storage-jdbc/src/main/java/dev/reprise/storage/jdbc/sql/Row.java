package dev.reprise.storage.jdbc.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The present row of a result.
 *
 * @param results the result
 */
public record Row(ResultSet results) {

    public String text(String column) throws SQLException {
        return results.getString(column);
    }

    @Nullable
    public String textOrNull(String column) throws SQLException {
        return results.getString(column);
    }

    public int number(String column) throws SQLException {
        return results.getInt(column);
    }

    @Nullable
    public Integer numberOrNull(String column) throws SQLException {
        int value = results.getInt(column);
        return results.wasNull() ? null : value;
    }

    public long big(String column) throws SQLException {
        return results.getLong(column);
    }

    @Nullable
    public Long bigOrNull(String column) throws SQLException {
        long value = results.getLong(column);
        return results.wasNull() ? null : value;
    }

    public boolean yes(String column) throws SQLException {
        return results.getInt(column) != 0;
    }

    public Instant instant(String column) throws SQLException {
        return Instant.ofEpochMilli(big(column));
    }

    @Nullable
    public Instant instantOrNull(String column) throws SQLException {
        Long value = bigOrNull(column);
        return value == null ? null : Instant.ofEpochMilli(value);
    }

    public byte @Nullable [] bytes(String column) throws SQLException {
        return results.getBytes(column);
    }
}
