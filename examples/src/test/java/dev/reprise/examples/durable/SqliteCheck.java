package dev.reprise.examples.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks into an SQLite file after a kill, while others go on working on it. */
final class SqliteCheck {

    private final String url;
    private int seen;

    SqliteCheck(String url) {
        this.url = url;
    }

    static boolean isFor(String url) {
        return url.startsWith("jdbc:sqlite:");
    }

    /** The file is whole, and has what was acknowledged since the last time. */
    void afterKill(List<CallLine> log) throws SQLException {
        Map<String, String> told = new TreeMap<>();
        Map<String, @Nullable String> kept = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(one(connection, "PRAGMA integrity_check")).isEqualTo("ok");
            for (CallLine line : log.subList(seen, log.size())) {
                if (line.event() == CallLine.Event.STORED) {
                    told.put(line.task(), String.valueOf(line.outcome()));
                    kept.put(
                            line.task(),
                            one(connection, "SELECT state FROM reprise_task WHERE id = '" + line.task() + "'"));
                }
            }
        }
        seen = log.size();
        assertThat(kept).isEqualTo(told);
    }

    private static @Nullable String one(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            return results.next() ? results.getString(1) : null;
        }
    }
}
