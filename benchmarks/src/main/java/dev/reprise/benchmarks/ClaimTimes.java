package dev.reprise.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Compares how long a claim takes where nothing else is, and where a great many finished tasks are. */
public final class ClaimTimes {

    private static final int AT_ONCE = 16;
    private static final int BATCH = 1_000;
    private static final int BYTES = 200;
    private static final int P95 = 95;
    private static final double MILLIS = 1e6;

    private static final List<String> FINISHED = List.of("""
            INSERT INTO reprise_task (id, epoch, created_at, claimed_at, finished_at, priority, run, attempts, failures,
                crashes, repeats, pauses, unmet, gate, crash_fails, state, owner, kind, provider, model)
            SELECT 'finished-' || md5(i::text), 1, i, i, i, i % 3, 1, 1, 0, 0, 0, 0, 0, 0, 0, 'SUCCEEDED',
                'owner-' || i % 1000, 'SINGLE', 'no-op', 'no-op'
            FROM generate_series(1, %d) i""", """
            INSERT INTO reprise_request (task, body)
            SELECT id, convert_to(repeat(md5(id), 6), 'UTF8') FROM reprise_task WHERE state = 'SUCCEEDED'""", """
            INSERT INTO reprise_result (task, body)
            SELECT id, convert_to(md5(id), 'UTF8') FROM reprise_task WHERE state = 'SUCCEEDED'""", """
            INSERT INTO reprise_attempt (task, epoch, started_at, ended_at, input_tokens, output_tokens,
                cache_read_tokens, cache_write_tokens, run, attempt_no, outcome)
            SELECT id, 1, created_at, created_at, 1, 1, 0, 0, 1, 1, 'SUCCEEDED' FROM reprise_task
            WHERE state = 'SUCCEEDED'""");
    /** What a round has claimed, so that the next finds the same as the first. */
    private static final String END = """
            UPDATE reprise_task SET state = 'SUCCEEDED', runner = NULL, finished_at = claimed_at WHERE runner IS NOT NULL""";

    private ClaimTimes() {}

    /** The program; see {@code README.md}. */
    public static void main(String[] args) throws IOException, SQLException {
        ClaimOptions options;
        try {
            options = ClaimOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(ClaimOptions.USAGE);
            System.exit(2);
            return;
        }
        Files.createDirectories(options.data().toAbsolutePath().getParent());
        try (var server = Server.start(options.data().toAbsolutePath());
                var alone = new Side(server.create("alone"));
                var among = new Side(server.create("among"))) {
            System.out.println(new TreeMap<>(server.facts()));
            among.finish(options.finished());
            for (int round = 1; round <= options.rounds(); round++) {
                alone.prepare(options.ready());
                among.prepare(options.ready());
                var times = new Times();
                // By turns, so that whatever else the machine does happens to both.
                while (alone.claim(times.alone) && among.claim(times.among)) {}
                times.print(options, round);
            }
        }
        System.exit(0);
    }

    /** How long each claim of a round took, in milliseconds. */
    private record Times(List<Double> alone, List<Double> among) {

        Times() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void print(ClaimOptions options, int round) {
            System.out.printf("%nround %d: %d claims of %d tasks each%n%n", round, alone.size(), AT_ONCE);
            System.out.println("| | p50 ms | p95 ms |");
            System.out.println("|---|---|---|");
            row("%,d ready".formatted(options.ready()), percentile(alone, 50), percentile(alone, P95));
            row(
                    "%,d ready, %,d finished".formatted(options.ready(), options.finished()),
                    percentile(among, 50),
                    percentile(among, P95));
            row(
                    "ratio",
                    percentile(among, 50) / percentile(alone, 50),
                    percentile(among, P95) / percentile(alone, P95));
        }

        private static void row(String title, double p50, double p95) {
            System.out.printf("| %s | %.2f | %.2f |%n", title, p50, p95);
        }

        private static double percentile(List<Double> values, int percent) {
            var sorted = values.stream().sorted().toList();
            return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) * percent / 100);
        }
    }

    /** One of the two databases, and a runner that does nothing but claim. */
    private static final class Side implements AutoCloseable {

        private final String url;
        private final HikariDataSource pool;
        private final JdbcTaskStore store;
        private final RepriseContender submitter;
        private final RunnerSession runner;

        Side(String url) {
            this.url = url;
            var config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setMaximumPoolSize(4);
            pool = new HikariDataSource(config);
            submitter = new RepriseContender(pool, new Executions(), Plan.DEFAULT);
            submitter.createTables();
            store = JdbcTaskStore.create(pool);
            runner = store.open(new RunnerSpec("claims", Duration.ofHours(1), 10), () -> {});
        }

        void finish(int tasks) throws SQLException {
            for (String sql : FINISHED) {
                execute(sql.replace("%d", Integer.toString(tasks)));
            }
        }

        /** Ends what is running, and stores so many that are ready. */
        void prepare(int ready) throws SQLException {
            execute(END);
            var texts = new Texts(ready, BYTES);
            for (int stored = 0; stored < ready; stored += BATCH) {
                submitter.enqueue(texts.next(Math.min(BATCH, ready - stored)));
            }
            execute("VACUUM ANALYZE");
            execute("CHECKPOINT");
        }

        /** Claims once and notes how long it took; tells whether there was anything. */
        boolean claim(List<Double> millis) {
            long start = System.nanoTime();
            boolean some = !runner.claim(AT_ONCE).isEmpty();
            if (some) {
                millis.add((System.nanoTime() - start) / MILLIS);
            }
            return some;
        }

        private void execute(String sql) throws SQLException {
            try (var connection = DriverManager.getConnection(url);
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() {
            runner.close();
            store.close();
            pool.close();
        }
    }
}
