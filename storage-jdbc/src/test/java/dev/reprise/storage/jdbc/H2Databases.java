package dev.reprise.storage.jdbc;

import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;

/** H2 databases in memory. */
final class H2Databases {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private H2Databases() {}

    static TestDatabase inMemory() {
        var pool = JdbcConnectionPool.create("jdbc:h2:mem:test" + COUNT.incrementAndGet(), "sa", "");
        pool.setMaxConnections(20);
        return new TestDatabase(pool, pool::dispose);
    }
}
