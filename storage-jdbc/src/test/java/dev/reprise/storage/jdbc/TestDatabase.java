package dev.reprise.storage.jdbc;

import dev.reprise.store.TaskStore;
import dev.reprise.testkit.store.StoreUnderTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** One test's tables in some database, under a prefix of their own, with a clock that can be moved. */
final class TestDatabase implements StoreUnderTest {

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final DataSource source;
    private final String prefix = "t" + PREFIXES.incrementAndGet() + "_";
    private final MovableClock clock = new MovableClock();
    private final List<JdbcTaskStore> stores = new ArrayList<>();
    private final Runnable close;

    TestDatabase(DataSource source, Runnable close) {
        this.source = source;
        this.close = close;
    }

    DataSource source() {
        return source;
    }

    String prefix() {
        return prefix;
    }

    MovableClock clock() {
        return clock;
    }

    /** A builder on these tables, with the database's own clock. */
    JdbcTaskStoreBuilder builder() {
        return JdbcTaskStore.builder(source).tablePrefix(prefix);
    }

    JdbcTaskStore keep(JdbcTaskStore store) {
        stores.add(store);
        return store;
    }

    @Override
    public JdbcTaskStore store() {
        return stores.isEmpty() ? openAnother() : stores.get(0);
    }

    @Override
    public TaskStore openSecond() {
        store();
        return openAnother();
    }

    JdbcTaskStore openAnother() {
        return keep(builder().clock(clock).build());
    }

    @Override
    public void advance(Duration by) {
        clock.advance(by);
    }

    /** Runs a statement in which {@code {task}} and the like are the tables of this test. */
    int execute(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql.replaceAll("\\{(\\w+)}", prefix + "$1"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row. */
    long number(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                var results = statement.executeQuery(sql.replaceAll("\\{(\\w+)}", prefix + "$1"))) {
            results.next();
            return results.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stores.forEach(JdbcTaskStore::close);
        close.run();
    }
}
