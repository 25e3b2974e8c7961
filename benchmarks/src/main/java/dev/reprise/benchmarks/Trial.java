package dev.reprise.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reprise.benchmarks.Gauge.Spent;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One contender in one round, in a process of its own, over an empty database of its own; prints its figures. */
final class Trial {

    private static final int POOL = 24;
    private static final double MICROS = 1e3;
    private static final double MILLIS = 1e6;
    private static final double SECONDS = 1e9;
    private static final int P99 = 99;

    private final Plan plan;
    private final Contender contender;
    private final Executions executions;
    private final Gauge gauge;
    private int stored;

    private Trial(Plan plan, Contender contender, Executions executions, Gauge gauge) {
        this.plan = plan;
        this.contender = contender;
        this.executions = executions;
        this.gauge = gauge;
    }

    /** The child's program; arguments: the contender, the database's URL, the plan. */
    public static void main(String[] args) throws SQLException {
        var entrant = Entrant.of(args[0]);
        var url = args[1];
        var plan = Plan.of(Arrays.asList(args).subList(2, args.length));
        var executions = new Executions();
        try (var pool = pool(url);
                var monitor = DriverManager.getConnection(url)) {
            var contender = entrant.open(pool, executions, plan);
            var figures = new Trial(plan, contender, executions, new Gauge(monitor)).measure();
            System.out.println(figures.line());
        }
        // Whatever threads a contender has left behind do not keep the process.
        System.exit(0);
    }

    private static HikariDataSource pool(String url) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.setMaximumPoolSize(POOL);
        config.setMinimumIdle(POOL);
        return new HikariDataSource(config);
    }

    /** What storing and running some tasks has cost. */
    private record Costs(Spent enqueue, Spent execute) {}

    private Figures measure() throws SQLException {
        contender.createTables();
        if (plan.warmUp() > 0) {
            storeAndRun(plan.warmUp());
            submitOneByOne(Math.min(plan.singles(), 50));
            contender.stopWorkers();
        }
        gauge.execute("VACUUM ANALYZE");
        gauge.execute("CHECKPOINT");
        System.gc();
        var costs = storeAndRun(plan.tasks());
        var pickups = submitOneByOne(plan.singles());
        contender.stopWorkers();
        return figures(costs, pickups);
    }

    private Costs storeAndRun(int tasks) throws SQLException {
        var all = new Texts(System.nanoTime(), plan.bytes()).next(tasks);
        int ranBefore = executions.count();
        var start = gauge.before();
        for (int from = 0; from < tasks; from += plan.batch()) {
            contender.enqueue(all.subList(from, Math.min(tasks, from + plan.batch())));
        }
        var enqueued = gauge.after();
        stored += tasks;

        var begin = gauge.before();
        contender.startWorkers();
        executions.awaitCount(ranBefore + tasks);
        awaitComplete();
        var end = gauge.after();
        long incomplete = gauge.number(contender.incomplete());
        if (executions.count() != ranBefore + tasks || incomplete > 0) {
            throw new IllegalStateException("of %d tasks, %d ran and %d are not complete"
                    .formatted(tasks, executions.count() - ranBefore, incomplete));
        }
        return new Costs(enqueued.since(start), end.since(begin));
    }

    private void awaitComplete() throws SQLException {
        long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (gauge.truth(contender.unfinished())) {
            if (System.nanoTime() - limit > 0) {
                throw new IllegalStateException("all tasks ran, but the database does not say that all are complete");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Milliseconds from the call to the task's beginning, for each. */
    private List<Double> submitOneByOne(int count) throws SQLException {
        var random = new Texts(System.nanoTime(), plan.bytes());
        var millis = new ArrayList<Double>();
        for (int i = 0; i < count; i++) {
            var text = random.next();
            var pickup = executions.expect(text);
            long start = System.nanoTime();
            contender.submit(text);
            millis.add((pickup.await() - start) / MILLIS);
            awaitComplete();
        }
        stored += count;
        return millis;
    }

    private Figures figures(Costs costs, List<Double> pickups) throws SQLException {
        double tasks = plan.tasks();
        var both = costs.enqueue.plus(costs.execute);
        var values = new EnumMap<Figure, Double>(Figure.class);
        values.put(Figure.ENQUEUE, tasks / (costs.enqueue.nanos() / SECONDS));
        values.put(Figure.EXECUTE, tasks / (costs.execute.nanos() / SECONDS));
        values.put(Figure.WRITES, both.transactions() / tasks);
        values.put(Figure.WAL, both.wal() / tasks);
        values.put(Figure.CLIENT_CPU, both.clientCpu() / MICROS / tasks);
        values.put(Figure.SERVER_CPU, both.serverCpu() / MICROS / tasks);
        values.put(Figure.EXECUTE_CLIENT_CPU, costs.execute.clientCpu() / MICROS / tasks);
        values.put(Figure.EXECUTE_SERVER_CPU, costs.execute.serverCpu() / MICROS / tasks);
        values.put(Figure.EXECUTE_WAL, costs.execute.wal() / tasks);
        values.put(Figure.ROWS, rowBytes() / (double) stored);
        values.put(Figure.PICKUP_P50, percentile(pickups, 50));
        values.put(Figure.PICKUP_P99, percentile(pickups, P99));
        return new Figures(values);
    }

    private long rowBytes() throws SQLException {
        long bytes = 0;
        for (String table : gauge.texts("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
            bytes += gauge.number("SELECT coalesce(sum(pg_column_size(t)), 0) FROM " + table + " t");
        }
        return bytes;
    }

    private static double percentile(List<Double> values, int percent) {
        var sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
