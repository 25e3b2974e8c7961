package dev.reprise.storage.jdbc.schema;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.H2Databases;
import dev.reprise.storage.jdbc.MariaDbDatabases;
import dev.reprise.storage.jdbc.PostgresDatabases;
import dev.reprise.storage.jdbc.SqliteDatabases;
import dev.reprise.storage.jdbc.Tasks;
import dev.reprise.storage.jdbc.TestDatabase;
import dev.reprise.store.Level;
import dev.reprise.store.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
    void tenStoresStartAtOnceOnSqlite() throws Exception {
        tenAtOnce(SqliteDatabases.fresh());
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
    void newerSchemaThatNeedsANewerLibraryIsRefused() {
        try (var database = H2Databases.inMemory()) {
            database.store();
            int level = Level.CURRENT + 1;
            database.execute("INSERT INTO {schema_version} VALUES (98, 'from the future', 0, " + level + ")");
            database.execute("INSERT INTO {schema_version} VALUES (99, 'from further on', 0, 1)");

            assertThatThrownBy(() -> database.builder().build())
                    .isInstanceOf(StoreException.class)
                    .hasMessage("the schema of " + database.prefix() + "task has version 99, which needs a library of"
                            + " level " + level + "; this one has level " + Level.CURRENT + ": use a newer library");
        }
    }

    @Test
    void newerSchemaThatThisLibraryMayUseIsUsedAsItIs() {
        try (var database = H2Databases.inMemory()) {
            database.store();
            database.execute("INSERT INTO {schema_version} VALUES (99, 'from the future', 0, " + Level.CURRENT + ")");

            var store = database.keep(database.builder().build());

            store.submit(alone(task("a")));
            assertThat(store.find(Scope.ALL, id("a"))).isPresent();
            assertThat(database.number("SELECT MAX(version) FROM {schema_version}"))
                    .isEqualTo(99);
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
    void printedStatementsMakeTheSchemaOnH2() {
        assertPrintedMakesTheSchema(H2Databases.inMemory(), H2Databases.inMemory());
    }

    @Test
    void printedStatementsMakeTheSchemaOnSqlite() {
        assertPrintedMakesTheSchema(SqliteDatabases.fresh(), SqliteDatabases.fresh());
    }

    private static void assertPrintedMakesTheSchema(TestDatabase printed, TestDatabase made) {
        try (printed;
                made) {
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
            runner.storeOutcomes(runner.claim(1).stream()
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
}
