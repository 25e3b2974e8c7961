package dev.reprise.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reprise.GenerationClient;
import dev.reprise.retry.RetrySchedule;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** A client with a pool and a store of its own, as a process of its own has them. */
public final class Worker implements AutoCloseable {

    private final HikariDataSource pool;
    private final JdbcTaskStore store;
    private final GenerationClient client;

    private Worker(HikariDataSource pool, JdbcTaskStore store, GenerationClient client) {
        this.pool = pool;
        this.store = store;
        this.client = client;
    }

    /** A pool as applications configure it. */
    public static HikariConfig pool(String url, int connections, Duration patience) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(patience.toMillis());
        return config;
    }

    public static Worker start(
            HikariConfig config,
            UnaryOperator<JdbcTaskStoreBuilder> storage,
            UnaryOperator<GenerationClient.Builder> engine) {
        var pool = new HikariDataSource(config);
        var store = storage.apply(JdbcTaskStore.builder(pool)).build();
        var client = engine.apply(GenerationClient.builder()
                        .taskStore(store)
                        .retry(RetrySchedule.delays(Duration.ofMillis(50), Duration.ofMillis(50))))
                .build();
        return new Worker(pool, store, client);
    }

    public GenerationClient client() {
        return client;
    }

    public JdbcTaskStore store() {
        return store;
    }

    public DataSource source() {
        return pool;
    }

    /** How many connections of the pool are borrowed. */
    public int borrowed() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    /** Ends the client alone. */
    public void leave() {
        client.close();
        store.close();
    }

    @Override
    public void close() {
        leave();
        pool.close();
    }
}
