package dev.reprise.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Connections to an H2 file. */
class H2PoolTest extends PoolContract {

    @Override
    TestDatabase createDatabase() {
        return H2Databases.emptiedFile();
    }

    @Override
    HikariConfig pool(int connections, Duration patience) {
        var config = Worker.pool(H2Databases.sharedUrl(), connections, patience);
        config.setUsername("sa");
        return config;
    }

    @Override
    DataSource plain() {
        var source = new JdbcDataSource();
        source.setURL(H2Databases.sharedUrl());
        source.setUser("sa");
        return source;
    }
}
