package dev.reprise.examples.transaction;

import dev.reprise.GenerationClient;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * An app with a table of its own: a product and the generation of its description are stored together or not at all.
 *
 * @param source the app's database, in which the store's tables are as well
 */
record Shop(DataSource source, JdbcTaskStore store, GenerationClient client) {

    /** Creates the app's table. */
    void open() throws SQLException {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS product (name VARCHAR(200) PRIMARY KEY, "
                    + "cents INT NOT NULL CHECK (cents > 0), description VARCHAR(64) NOT NULL)");
        }
    }

    /**
     * Stores a product and has its description written.
     *
     * @throws SQLException when the product cannot be stored; then nothing is generated, or paid for, either
     */
    GenerationHandle add(String name, int cents) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var description = client.within(store.within(connection))
                        .generate(GenerationRequest.of("# " + name + "\n\nDescribe it to a customer."));
                insert(connection, name, cents, description);
                connection.commit();
                client.wake(); // after the commit: it starts now instead of at the next poll
                return description;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void insert(Connection connection, String name, int cents, GenerationHandle description)
            throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO product VALUES (?, ?, ?)")) {
            insert.setString(1, name);
            insert.setInt(2, cents);
            insert.setString(3, description.id().value());
            insert.executeUpdate();
        }
    }

    /** How many products there are. */
    int products() throws SQLException {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement();
                var results = statement.executeQuery("SELECT COUNT(*) FROM product")) {
            results.next();
            return results.getInt(1);
        }
    }
}
