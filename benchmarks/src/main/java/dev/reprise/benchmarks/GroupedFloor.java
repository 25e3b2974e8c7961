package dev.reprise.benchmarks;

import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One thread that claims as many as there are slots, runs them, and stores all their outcomes in one commit. */
final class GroupedFloor extends Floor {

    private final int slots;
    private @Nullable Loop loop;

    GroupedFloor(DataSource pool, Executions executions, Plan plan) {
        super(pool, executions);
        slots = plan.slots();
    }

    @Override
    public void startWorkers() {
        loop = new Loop("floor", () -> {
            var claimed = claim(slots);
            if (claimed.isEmpty()) {
                return false;
            }
            claimed.forEach(this::run);
            settle(claimed);
            return true;
        });
    }

    @Override
    public void stopWorkers() {
        Objects.requireNonNull(loop).stop();
    }
}
