package dev.reprise.benchmarks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * db-scheduler as its documentation says for throughput: lock-and-fetch, and immediate execution of what is due when it
 * is stored, with 20 threads. It deletes what is complete.
 */
final class DbSchedulerContender implements Contender {

    private static final int THREADS = 20;
    private static final double REFILL_BELOW = 0.5;
    private static final double REFILL_TO = 4.0;

    private final DataSource pool;
    private final OneTimeTask<String> task;
    private final SchedulerClient client;
    private @Nullable Scheduler scheduler;
    private int count;

    DbSchedulerContender(DataSource pool, Executions executions) {
        this.pool = pool;
        task = Tasks.oneTime("no-op", String.class).execute((instance, context) -> executions.ran(instance.getData()));
        client = SchedulerClient.Builder.create(pool, task).build();
    }

    @Override
    public void createTables() throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE scheduled_tasks (
                        task_name text NOT NULL,
                        task_instance text NOT NULL,
                        task_data bytea,
                        execution_time timestamptz NOT NULL,
                        picked boolean NOT NULL,
                        picked_by text,
                        last_success timestamptz,
                        last_failure timestamptz,
                        consecutive_failures integer,
                        last_heartbeat timestamptz,
                        version bigint NOT NULL,
                        priority smallint,
                        PRIMARY KEY (task_name, task_instance)
                    )""");
            statement.execute("CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)");
            statement.execute("CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)");
        }
    }

    @Override
    public void enqueue(List<String> texts) {
        var batch = new ArrayList<TaskInstance<?>>();
        texts.forEach(text -> batch.add(instance(text)));
        client.scheduleBatch(batch, Instant.now());
    }

    private TaskInstance<String> instance(String text) {
        count++;
        return task.instance("task-%010d".formatted(count), text);
    }

    @Override
    public void startWorkers() {
        var started = Scheduler.create(pool, task)
                .threads(THREADS)
                .pollUsingLockAndFetch(REFILL_BELOW, REFILL_TO)
                .enableImmediateExecution()
                .build();
        scheduler = started;
        started.start();
    }

    @Override
    public void submit(String text) {
        Objects.requireNonNull(scheduler).schedule(instance(text), Instant.now());
    }

    @Override
    public void stopWorkers() {
        Objects.requireNonNull(scheduler).stop();
    }

    @Override
    public String unfinished() {
        return "SELECT EXISTS (SELECT 1 FROM scheduled_tasks)";
    }

    @Override
    public String incomplete() {
        return "SELECT count(*) FROM scheduled_tasks";
    }
}
