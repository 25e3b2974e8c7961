package dev.reprise.storage.jdbc.sqlite;

import dev.reprise.failure.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which copy of SQLite has a file open in this process. Two class loaders load two of them, and when one of these closes
 * the file, the other's locks are gone and nobody notices. Known to all class loaders by a system property.
 */
final class SqliteCopies implements AutoCloseable {

    private static final String REGISTRY = "dev.reprise.storage.jdbc.sqlite";

    private final String file;
    private final Class<?> driver;

    private SqliteCopies(String file, Class<?> driver) {
        this.file = file;
        this.driver = driver;
    }

    @SuppressWarnings("unchecked")
    private static ConcurrentMap<String, Map<Class<?>, Integer>> registry() {
        Properties properties = System.getProperties();
        return (ConcurrentMap<String, Map<Class<?>, Integer>>) properties.computeIfAbsent(
                REGISTRY, name -> new ConcurrentHashMap<String, Map<Class<?>, Integer>>());
    }

    /**
     * Says that a store uses a file by this connection's copy, until it is closed.
     *
     * @throws StoreException when another copy has the file open in this process
     */
    static SqliteCopies enter(SqliteFile file, Connection connection) throws SQLException {
        var own = connection.unwrap(Connection.class).getClass();
        registry().compute(file.toString(), (path, copies) -> {
            Map<Class<?>, Integer> all = copies == null ? new HashMap<>() : copies;
            if (all.keySet().stream().anyMatch(copy -> copy != own)) {
                throw StoreException.misconfigured(
                        path + " is open in this process by another copy of SQLite, of another class loader, and one's"
                                + " close would take the other's locks: load the driver once, in a loader that both"
                                + " share, or close the other store first");
            }
            all.merge(own, 1, Integer::sum);
            return all;
        });
        return new SqliteCopies(file.toString(), own);
    }

    @Override
    public void close() {
        registry().computeIfPresent(file, (path, copies) -> {
            copies.computeIfPresent(driver, (copy, stores) -> stores == 1 ? null : stores - 1);
            return copies.isEmpty() ? null : copies;
        });
    }
}
