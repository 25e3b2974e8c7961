package dev.reprise.storage.jdbc;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StoreException;
import dev.reprise.store.Scope;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema: made once by many, never downgraded, printable, where the app wants it. */
class SchemaTest {

    private static void tenAtOnce(TestDatabase database) throws Exception {
        var threads = Executors.newFixedThreadPool(10);
        var start = new CountDownLatch(1);
        try (database) {
            List<Future<Boolean>> starting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Callable<Boolean> open = () -> {
                    start.await();
                    try (var store = database.builder().build()) {
                        store.submit(alone(task("from-" + Thread.currentThread().getId())));
                        return true;
                    }
                };
                starting.add(threads.submit(open));
            }
            start.countDown();
            for (var one : starting) {
                assertThat(one.get()).isTrue();
            }
            assertThat(database.number("SELECT COUNT(*) FROM {task}")).isEqualTo(10);
            assertThat(database.number("SELECT COUNT(*) FROM {schema_version}")).isEqualTo(Migrations.newest());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void tenStoresStartAtOnceOnH2() throws Exception {
        tenAtOnce(H2Databases.inMemory());
    }

    @Test
    @Tag("heavy")
    void tenStoresStartAtOnceOnPostgres() throws Exception {
        tenAtOnce(PostgresDatabases.fresh(12));
    }

    @Test
    @Tag("heavy")
    void tenStoresStartAtOnceOnMariaDb() throws Exception {
        tenAtOnce(MariaDbDatabases.fresh(12));
    }

    @Test
    void newerSchemaIsRefused() {
        try (var database = H2Databases.inMemory()) {
            database.store();
            database.execute("INSERT INTO {schema_version} VALUES (99, 'from the future', 0)");

            assertThatThrownBy(() -> database.builder().build())
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "the schema of " + database.prefix() + "task has version 99, this library knows versions"
                                    + " up to " + Migrations.newest() + ": use a newer library");
        }
    }

    @Test
    void withoutMigrationAtStartTheSchemaMustBeThere() {
        try (var database = H2Databases.inMemory()) {
            assertThatThrownBy(() -> database.builder().migrateAtStart(false).build())
                    .isInstanceOf(StoreException.class)
                    .hasMessage("the schema of " + database.prefix() + "task has version 0, version "
                            + Migrations.newest() + " is needed: call migrate() or run the statements of ddl()");

            database.store().migrate();
            database.keep(database.builder().migrateAtStart(false).build()).submit(alone(task("a")));
        }
    }

    @Test
    void printedStatementsMakeTheSchema() {
        try (var printed = H2Databases.inMemory();
                var made = H2Databases.inMemory()) {
            String ddl = made.store().ddl().replace(made.prefix(), printed.prefix());
            Migrations.statements(ddl).forEach(printed::execute);

            var store = printed.keep(printed.builder().migrateAtStart(false).build());
            store.submit(alone(task("a")));
            assertThat(store.find(Scope.ALL, id("a"))).isPresent();
        }
    }

    private static void inASchema(TestDatabase database) {
        try (database) {
            var store = database.keep(database.builder().schema("elsewhere").build());
            store.submit(alone(task("a")));
            var runner = Tasks.runner(store);
            runner.settle(runner.claim(1).stream()
                    .map(one -> Tasks.succeeded(one.ref()))
                    .toList());

            assertThat(database.number("SELECT COUNT(*) FROM elsewhere.{attempt}"))
                    .isEqualTo(1);
            assertThat(database.number("SELECT COUNT(*) FROM information_schema.tables WHERE LOWER(table_name) = '"
                            + database.prefix() + "task'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void tablesAreInTheSchemaAskedForOnH2() {
        inASchema(H2Databases.inMemory());
    }

    @Test
    @Tag("heavy")
    void tablesAreInTheSchemaAskedForOnPostgres() {
        inASchema(PostgresDatabases.fresh());
    }

    @Test
    @Tag("heavy")
    void tablesAreInTheDatabaseAskedForOnMariaDb() {
        inASchema(MariaDbDatabases.fresh());
    }

    @ParameterizedTest
    @CsvSource({
        "Oracle, 23.4, 23, no dialect for Oracle 23.4",
        "PostgreSQL, 13.9, 13, no dialect for PostgreSQL 13.9",
        "MySQL, 8.4.0, 8, no dialect for MySQL 8.4.0",
        "MariaDB, 10.6.12-MariaDB, 10, no dialect for MariaDB 10.6.12-MariaDB",
        "H2, 2.1.214 (2022-06-13), 2, no dialect for H2 2.1.214 (2022-06-13)"
    })
    void unknownDatabaseIsAnErrorThatNamesTheSupported(String product, String version, int major, String message) {
        InvocationHandler about = (proxy, method, arguments) -> switch (method.getName()) {
            case "getDatabaseProductName" -> product;
            case "getDatabaseProductVersion" -> version;
            case "getDatabaseMajorVersion" -> major;
            default -> throw new UnsupportedOperationException(method.getName());
        };
        var metaData = proxy(DatabaseMetaData.class, about);
        var connection = proxy(Connection.class, (proxy, method, arguments) -> metaData);

        assertThatThrownBy(() -> Dialects.of(connection))
                .isInstanceOf(StoreException.class)
                .hasMessage(message + ": PostgreSQL 14+, MariaDB 10.11+ and H2 2.2.224+ are supported");
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(SchemaTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upper_", "drop table;", "a-b", "much_longer_than_a_table_prefix_may_be_"})
    void prefixIsANamesBeginning(String prefix) {
        assertThatThrownBy(() -> new Names(null, prefix))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("must have at most 30 lower-case letters, digits and underscores");
    }
}
