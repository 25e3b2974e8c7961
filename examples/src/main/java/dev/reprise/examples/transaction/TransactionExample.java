package dev.reprise.examples.transaction;

import dev.reprise.GenerationClient;
import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Command;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.command.Shell;
import dev.reprise.examples.upstream.Upstream;
import dev.reprise.failure.NotCommittedException;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteDataSource;

/** Stores a row of the app's own and a generation in one transaction, in plain JDBC: both or neither. */
public final class TransactionExample implements Command {

    private static final long SEED = 5;

    @Override
    public String name() {
        return "transaction";
    }

    @Override
    public String summary() {
        return "Creates generations in the app's own transaction: committed, rolled back, awaited too early.";
    }

    @Override
    public List<Option> options() {
        return Upstream.options();
    }

    @Override
    public int run(Arguments arguments, Shell shell) throws IOException, SQLException {
        var folder = Files.createTempDirectory("reprise-shop-");
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("shop.db"));
        try (var upstream = Upstream.open(arguments, shell, SEED);
                Connection keepsItOpen = source.getConnection();
                var store = JdbcTaskStore.create(source);
                var client = GenerationClient.builder()
                        .provider(upstream.provider())
                        .taskStore(store)
                        .retry(upstream.schedule())
                        .build()) {
            shell.out().println("Provider     " + upstream.description());
            var shop = new Shop(source, store, client);
            shop.open();
            committed(shop, shell.out());
            rolledBack(shop, shell.out());
            tooEarly(shop, keepsItOpen, shell.out());
        } finally {
            delete(folder);
        }
        return DONE;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void committed(Shop shop, PrintStream out) throws SQLException {
        Generation description = shop.add("Kettle", 4_900).await();
        out.println("Committed    " + shop.products() + " product; its description: "
                + String.valueOf(description.text()).lines().findFirst().orElse(""));
    }

    /** The app's own row is refused by the database, after the generation was submitted. */
    private static void rolledBack(Shop shop, PrintStream out) throws SQLException {
        try {
            shop.add("Broken kettle", -1);
        } catch (SQLException e) {
            out.println("Rolled back  " + shop.products() + " product, "
                    + shop.client().list(GenerationQuery.all()).items().size()
                    + " generation: nothing was generated, nothing was paid for");
        }
    }

    private static void tooEarly(Shop shop, Connection connection, PrintStream out) throws SQLException {
        connection.setAutoCommit(false);
        var handle = shop.client().within(shop.store().within(connection)).generate(GenerationRequest.of("A lamp."));
        try {
            handle.await();
        } catch (NotCommittedException e) {
            out.println("Too early    "
                    + String.valueOf(e.getMessage()).replace(handle.id().value(), "..."));
        }
        connection.commit();
        connection.setAutoCommit(true);
        shop.client().wake();
        out.println("Committed    " + handle.await().state());
    }
}
