package dev.reprise.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A PostgreSQL server of the benchmark's own, as durable as PostgreSQL is by default. */
final class Server implements AutoCloseable {

    // The embedded server is made for tests and switches some of these off.
    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    private final EmbeddedPostgres postgres;
    private final Map<String, String> facts = new LinkedHashMap<>();

    private Server(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts a server.
     *
     * @param data its directory, which is removed at the end; not in memory, else nothing is durable
     * @throws IllegalStateException when the server is not as durable as it should be
     */
    static Server start(Path data) throws IOException, SQLException {
        var builder = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(true);
        DURABLE.forEach(setting -> builder.setServerConfig(setting, "on"));
        var server = new Server(builder.start());
        try {
            server.check();
            return server;
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void check() throws SQLException {
        facts.put("PostgreSQL", show("server_version"));
        for (String setting : DURABLE) {
            facts.put(setting, show(setting));
            if (!facts.get(setting).equals("on")) {
                throw new IllegalStateException(setting + " is " + facts.get(setting));
            }
        }
        for (String setting : List.of("wal_sync_method", "shared_buffers", "max_wal_size")) {
            facts.put(setting, show(setting));
        }
    }

    private String show(String setting) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** What to know about the server beside the figures. */
    Map<String, String> facts() {
        return Map.copyOf(facts);
    }

    /** Creates an empty database; its URL. */
    String create(String database) throws SQLException {
        execute("CREATE DATABASE " + database);
        return postgres.getJdbcUrl("postgres", database);
    }

    /** Removes a database, whoever is still connected. */
    void drop(String database) throws SQLException {
        execute("DROP DATABASE " + database + " WITH (FORCE)");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
