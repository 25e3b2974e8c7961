package dev.reprise.benchmarks;

import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Claims by the hundred, like the others; threads that run the tasks and commit each outcome by itself. */
final class SingleFloor extends Floor {

    private static final int THREADS = 20;

    private final int slots;
    private final Semaphore free;
    private @Nullable Loop claimer;
    private @Nullable ExecutorService threads;

    SingleFloor(DataSource pool, Executions executions, Plan plan) {
        super(pool, executions);
        slots = plan.slots();
        free = new Semaphore(slots);
    }

    @Override
    public void startWorkers() {
        var workers = Executors.newFixedThreadPool(THREADS);
        threads = workers;
        claimer = new Loop("claims", () -> claimMore(workers));
    }

    private boolean claimMore(ExecutorService workers) throws SQLException, InterruptedException {
        int half = Math.max(1, slots / 2);
        free.acquire(half);
        int wanted = half + free.drainPermits();
        var claimed = claim(wanted);
        free.release(wanted - claimed.size());
        claimed.forEach(task -> workers.execute(() -> runAlone(task)));
        return !claimed.isEmpty();
    }

    private void runAlone(Claimed task) {
        try {
            run(task);
            settle(task);
        } catch (SQLException e) {
            throw new IllegalStateException("an outcome was not stored", e);
        } finally {
            free.release();
        }
    }

    @Override
    public void stopWorkers() {
        Objects.requireNonNull(claimer).stop();
        Objects.requireNonNull(threads).shutdown();
    }
}
