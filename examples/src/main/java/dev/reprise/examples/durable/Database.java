package dev.reprise.examples.durable;

import com.zaxxer.hikari.HikariDataSource;
import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Option;
import dev.reprise.examples.command.UsageException;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.storage.jdbc.JdbcTaskStoreBuilder;
import dev.reprise.store.TaskStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A pool of connections to the database that a command was pointed at, and the store in it. */
public final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final long PATIENCE_MS = 30_000;
    private static final List<Option> OPTIONS = List.of(
            Option.of("--jdbc", "URL", "The database: PostgreSQL, MariaDB or an SQLite file. Required."),
            Option.of("--user", "NAME", "The database's user, unless the URL names one."),
            Option.of("--password", "WORD", "The user's password, unless the URL has it."));

    private final HikariDataSource pool;
    private final TaskStore store;

    private Database(HikariDataSource pool, TaskStore store) {
        this.pool = pool;
        this.store = store;
    }

    /** The options that say which database, and then others. */
    static List<Option> optionsAnd(Option... others) {
        var all = new ArrayList<>(OPTIONS);
        all.addAll(List.of(others));
        return List.copyOf(all);
    }

    /**
     * Opens the database that the options name; its tables are made or brought up to date.
     *
     * @throws UsageException when no database is named, or none that is supported
     */
    static Database open(Arguments arguments) {
        return open(
                url(arguments),
                arguments.value("--user").orElse(null),
                arguments.value("--password").orElse(null));
    }

    /**
     * Opens the database that the options name, and creates none.
     *
     * @throws UsageException when no database is named, or there is none
     */
    static Database openExisting(Arguments arguments) {
        JdbcUrl.checkExists(url(arguments));
        return open(arguments);
    }

    private static String url(Arguments arguments) {
        return arguments.value("--jdbc").orElseThrow(() -> new UsageException("--jdbc URL is missing"));
    }

    /** Opens a database; its tables are made or brought up to date. */
    public static Database open(String url, @Nullable String user, @Nullable String password) {
        JdbcUrl.checkKnown(url);
        JdbcUrl.makeFolder(url);
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setPoolName("reprise");
        pool.setInitializationFailTimeout(PATIENCE_MS); // a database that starts is waited for
        try {
            // A connection beside the pool, on which others see this process's death at once where the database can
            // tell.
            var locks = new PlainDataSource(url, user, password);
            return new Database(pool, opened(JdbcTaskStore.builder(pool).lockConnection(locks)));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static TaskStore opened(JdbcTaskStoreBuilder builder) {
        var silence = CompletableFuture.runAsync(
                () -> System.err.println("the database does not answer; tried again for up to half a minute"),
                CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS));
        try {
            return builder.build();
        } finally {
            silence.cancel(false);
        }
    }

    /** The store in the database. */
    public TaskStore store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
        pool.close();
    }
}
