package dev.reprise.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;
import javax.sql.DataSource;

/** Connections to an SQLite file. */
class SqlitePoolTest extends PoolContract {

    @Override
    TestDatabase createDatabase() {
        return SqliteDatabases.emptied();
    }

    @Override
    HikariConfig pool(int connections, Duration patience) {
        return SqliteDatabases.pool(SqliteDatabases.sharedUrl(), connections, patience);
    }

    @Override
    DataSource plain() {
        return SqliteDatabases.plain(SqliteDatabases.sharedUrl());
    }
}
