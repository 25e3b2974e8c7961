package dev.reprise.storage.jdbc;

import dev.reprise.storage.jdbc.sql.PausePoint;
import dev.reprise.store.RunnerSession;
import dev.reprise.testkit.store.StoreUnderTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Tables in some database, under a prefix of their own, with a clock that can be moved. */
public final class TestDatabase implements StoreUnderTest {

    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static final List<String> TABLES =
            List.of("task", "request", "result", "attempt", "dependency", "batch", "runner");

    private final DataSource source;
    private final String prefix;
    private final MovableClock clock = new MovableClock();
    private final List<JdbcTaskStore> stores = new ArrayList<>();
    private final Runnable close;
    private UnaryOperator<JdbcTaskStoreBuilder> settings = UnaryOperator.identity();

    private TestDatabase(DataSource source, String prefix, Runnable close) {
        this.source = source;
        this.prefix = prefix;
        this.close = close;
    }

    /** Tables of this test alone. */
    public static TestDatabase fresh(DataSource source, Runnable close) {
        return new TestDatabase(source, "t" + PREFIXES.incrementAndGet() + "_", close);
    }

    /** Tables that tests use one after the other, emptied: making them takes a server longer than most tests do. */
    public static TestDatabase emptied(DataSource source) {
        var database = new TestDatabase(source, "shared_", () -> {});
        database.store();
        TABLES.forEach(table -> database.execute("DELETE FROM {" + table + "}"));
        return database;
    }

    /** With settings for every store that it opens from now on. */
    public TestDatabase with(UnaryOperator<JdbcTaskStoreBuilder> more) {
        settings = more;
        return this;
    }

    public DataSource source() {
        return source;
    }

    public String prefix() {
        return prefix;
    }

    public MovableClock clock() {
        return clock;
    }

    /** A builder on these tables, with the database's own clock. */
    public JdbcTaskStoreBuilder builder() {
        return settings.apply(JdbcTaskStore.builder(source).tablePrefix(prefix));
    }

    /** The same for a store with this at the points of each change. */
    public JdbcTaskStoreBuilder builder(PausePoint.Hook pauses) {
        return builder().pauses(pauses);
    }

    /** Closes a store together with this. */
    public JdbcTaskStore keep(JdbcTaskStore store) {
        stores.add(store);
        return store;
    }

    @Override
    public JdbcTaskStore store() {
        return stores.isEmpty() ? openAnother() : stores.get(0);
    }

    @Override
    public JdbcTaskStore openSecond() {
        store();
        return openAnother();
    }

    private JdbcTaskStore openAnother() {
        return keep(builder().clock(clock).build());
    }

    @Override
    public void advance(Duration by) {
        clock.advance(by);
    }

    @Override
    public void abandon(RunnerSession runner) {
        ((JdbcRunnerSession) runner).abandon();
    }

    /** Runs a statement in which {@code {task}} and the like are tables. */
    public int execute(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(named(sql));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of all rows. */
    public List<String> column(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                var results = statement.executeQuery(named(sql))) {
            List<String> all = new ArrayList<>();
            while (results.next()) {
                all.add(results.getString(1));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row. */
    public long number(String sql) {
        return Long.parseLong(column(sql).get(0));
    }

    private String named(String sql) {
        return sql.replaceAll("\\{(\\w+)}", prefix + "$1");
    }

    @Override
    public void close() {
        stores.forEach(JdbcTaskStore::close);
        close.run();
    }
}
