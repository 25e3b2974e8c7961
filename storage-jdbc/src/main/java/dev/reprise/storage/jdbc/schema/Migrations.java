package dev.reprise.storage.jdbc.schema;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.sql.Connections;
import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Fault;
import dev.reprise.storage.jdbc.sql.Names;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.UninterruptedThreads;
import dev.reprise.storage.jdbc.sql.WriteTurn;
import dev.reprise.store.Level;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up to date from numbered files, which Flyway could run as well: its placeholder for the prefix, a
 * version and a name in each file's name, and each file records itself.
 */
public final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final List<String> FILES = List.of("V1__tasks.sql");

    private final Connections source;
    private final Names names;
    private final Dialect dialect;
    private final UninterruptedThreads aside;
    private final WriteTurn turn;

    public Migrations(Connections source, Names names, Dialect dialect, UninterruptedThreads aside, WriteTurn turn) {
        this.source = source;
        this.names = names;
        this.dialect = dialect;
        this.aside = aside;
        this.turn = turn;
    }

    /** The version this library brings. */
    public static int newest() {
        return FILES.size();
    }

    /** All of the schema, as text. */
    public String ddl() {
        return FILES.stream().map(this::text).collect(Collectors.joining("\n"));
    }

    private String text(String file) {
        try (InputStream in = Migrations.class.getResourceAsStream(dialect.folder() + "/" + file)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + dialect.folder() + "/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${prefix}", names.prefix());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Brings the schema up to date.
     *
     * @throws StoreException when the schema is newer than this library, or cannot be changed
     */
    public void migrate() {
        for (int attempt = 1; ; attempt++) {
            try {
                aside.callSql(this::once);
                return;
            } catch (SQLException e) {
                if (!dialect.migrationTurn().again(attempt) || dialect.classify(e) == Fault.CONNECTION) {
                    throw Transactions.failure("migrate", e, dialect.classify(e));
                }
                LOG.debug("migration, try {}: {}", attempt, e.getMessage());
                Transactions.pause(attempt + 4);
            }
        }
    }

    /**
     * Checks the schema's version.
     *
     * @throws StoreException when the schema is missing, older or newer than this library
     */
    public void check() {
        int version = version();
        if (version < newest()) {
            throw StoreException.misconfigured("the schema of " + names.table("task") + " has version " + version
                    + ", version " + newest() + " is needed: call migrate() or run the statements of ddl()");
        }
    }

    private int version() {
        try {
            return aside.callSql(() -> {
                try (Connection connection = source.borrow()) {
                    return version(connection);
                }
            });
        } catch (SQLException e) {
            throw Transactions.failure("read the schema's version", e, dialect.classify(e));
        }
    }

    private Boolean once() throws SQLException {
        try (Connection connection = source.borrow()) {
            if (version(connection) >= newest()) {
                return false;
            }
            boolean auto = connection.getAutoCommit();
            connection.setAutoCommit(dialect.autoCommitsInTransactions());
            String catalog = connection.getCatalog();
            String schema = connection.getSchema();
            try {
                changeInTurn(connection);
                return true;
            } finally {
                dialect.migrationTurn().give(connection, names.table(""));
                if (names.schema() != null) {
                    dialect.restoreSchema(connection, catalog, schema);
                }
                connection.setAutoCommit(auto);
            }
        }
    }

    private void changeInTurn(Connection connection) throws SQLException {
        var taken = turn.take();
        boolean committed = false;
        try {
            dialect.begin(connection);
            dialect.migrationTurn().take(connection, names.table(""));
            change(connection);
            dialect.commit(connection);
            committed = true;
        } finally {
            try {
                if (!committed) {
                    dialect.rollback(connection);
                }
            } finally {
                taken.close();
            }
        }
    }

    private void change(Connection connection) throws SQLException {
        if (names.schema() != null) {
            dialect.useSchema(connection, names.schema());
        }
        for (int version = version(connection) + 1; version <= newest(); version++) {
            String file = FILES.get(version - 1);
            for (String statement : statements(text(file))) {
                Dialect.execute(connection, statement);
            }
            LOG.info("schema of {} is at version {} ({})", names.table("task"), version, file);
        }
    }

    /** A statement ends with a semicolon at the end of a line. */
    public static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        var statement = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("--")) {
                statement.append(line).append('\n');
                if (line.endsWith(";")) {
                    statements.add(statement.substring(0, statement.length() - 2));
                    statement.setLength(0);
                }
            }
        }
        return statements;
    }

    private int version(Connection connection) throws SQLException {
        if (number(connection, dialect.countTables(names.schema(), names.prefix() + "schema_version")) == 0) {
            return 0;
        }
        int version = number(connection, "SELECT MAX(version) FROM " + names.table("schema_version"));
        int level = number(connection, "SELECT MAX(oldest_level) FROM " + names.table("schema_version"));
        if (level > Level.CURRENT) {
            throw StoreException.misconfigured("the schema of " + names.table("task") + " has version " + version
                    + ", which needs a library of level " + level + "; this one has level " + Level.CURRENT
                    + ": use a newer library");
        }
        return version;
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet results = statement.executeQuery()) {
            results.next();
            return results.getInt(1);
        }
    }
}
