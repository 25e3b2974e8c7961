package dev.reprise.storage.jdbc.sql;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The store's statements, each parsed once.
 *
 * @param names how the tables are called
 * @param dialect the database's
 * @param clock where the time comes from
 * @param pauses what happens at the points of a change
 * @param parsed those parsed so far
 */
public record Statements(
        Names names, Dialect dialect, StoreClock clock, PausePoint.Hook pauses, Map<String, Sql> parsed) {

    public Statements(Names names, Dialect dialect, StoreClock clock, PausePoint.Hook pauses) {
        this(names, dialect, clock, pauses, new ConcurrentHashMap<>());
    }

    public Sql of(String template) {
        Sql known = parsed.get(template);
        return known != null ? known : parsed.computeIfAbsent(template, text -> Sql.parse(text, names, dialect, clock));
    }
}
