package dev.reprise.storage.jdbc.h2;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.task;

import com.zaxxer.hikari.HikariDataSource;
import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.JdbcTaskStore;

/** A process that shares an H2 file with others, and says of each task when it was stored, and whether the file is open here, until
 * it is killed. */
final class H2WritingChild {

    private H2WritingChild() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("begun " + System.currentTimeMillis() + " -");
        var pool = new HikariDataSource(); // opens nothing yet
        pool.setJdbcUrl(arguments[0]);
        pool.setUsername("sa");
        pool.setMaximumPoolSize(3);
        pool.setInitializationFailTimeout(30_000);
        try (pool;
                var store = JdbcTaskStore.create(pool)) {
            for (int i = 0; pool.isRunning(); i++) {
                String task = "p" + ProcessHandle.current().pid() + "-" + i;
                try {
                    store.submit(alone(task(task)));
                    System.out.println((isHost() ? "host " : "guest ") + System.currentTimeMillis() + " " + task);
                } catch (StoreException e) {
                    if (!e.passing()) {
                        throw e;
                    }
                    System.out.println("failed " + System.currentTimeMillis() + " " + e.getMessage());
                }
                Thread.sleep(10); // at a moderate pace, with errors that pass, too
            }
        }
    }

    /** H2's server runs where the file is open. */
    private static boolean isHost() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("H2 TCP Server"));
    }
}
