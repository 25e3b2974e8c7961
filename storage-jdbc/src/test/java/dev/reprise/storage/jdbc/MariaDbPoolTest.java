package dev.reprise.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.mariadb.jdbc.MariaDbDataSource;

/** Connections to MariaDB. */
@Tag("heavy")
class MariaDbPoolTest extends PoolContract {

    @Override
    TestDatabase createDatabase() {
        return MariaDbDatabases.emptied();
    }

    @Override
    HikariConfig pool(int connections, Duration patience) {
        return Worker.pool(MariaDbDatabases.url(), connections, patience);
    }

    @Override
    DataSource plain() {
        try {
            return new MariaDbDataSource(MariaDbDatabases.url());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
