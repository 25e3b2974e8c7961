package dev.reprise.storage.jdbc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The store's statements, each parsed once.
 *
 * @param names how the tables are called
 * @param dialect the database's
 * @param clock where the time comes from
 * @param parsed those parsed so far
 */
record Statements(Names names, Dialect dialect, StoreClock clock, Map<String, Sql> parsed) {

    Statements(Names names, Dialect dialect, StoreClock clock) {
        this(names, dialect, clock, new ConcurrentHashMap<>());
    }

    Sql of(String template) {
        Sql known = parsed.get(template);
        return known != null ? known : parsed.computeIfAbsent(template, text -> Sql.parse(text, names, dialect, clock));
    }
}
