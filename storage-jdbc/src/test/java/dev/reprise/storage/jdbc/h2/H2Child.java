package dev.reprise.storage.jdbc.h2;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.task;

import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.storage.jdbc.Tasks;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;

/** A process that stores and finishes tasks in an H2 file, and says so, until it is killed. */
final class H2Child {

    private H2Child() {}

    public static void main(String[] arguments) throws Exception {
        var source = new JdbcDataSource();
        source.setURL(arguments[0]);
        source.setUser("sa");
        source.setPassword("");
        // A connection that stays open keeps the database open, as a pool does.
        try (var connection = source.getConnection();
                var store = JdbcTaskStore.create(source)) {
            var runner = runner(store);
            store.submit(alone(task("held")));
            runner.claim(1);
            for (int i = 0; !connection.isClosed(); i++) {
                store.submit(alone(task("t" + i)));
                System.out.println("stored t" + i);
                runner.storeOutcomes(
                        List.of(Tasks.succeeded(runner.claim(1).get(0).ref())));
                System.out.println("done t" + i);
            }
        }
    }
}
