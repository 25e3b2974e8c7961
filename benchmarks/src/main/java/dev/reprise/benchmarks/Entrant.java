package dev.reprise.benchmarks;

import java.util.Arrays;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Who takes part. */
enum Entrant {
    /** Raw JDBC, claims and outcomes in groups. */
    FLOOR_GROUPED("floor-grouped"),
    /** Raw JDBC, claims in groups, one commit for each outcome. */
    FLOOR_SINGLE("floor-single"),
    /** Reprise over its JDBC store. */
    REPRISE("reprise"),
    /** db-scheduler, lock-and-fetch. */
    DB_SCHEDULER("db-scheduler");

    private final String title;

    Entrant(String title) {
        this.title = title;
    }

    /** Its name, in arguments and in tables. */
    String title() {
        return title;
    }

    Contender open(DataSource pool, Executions executions, Plan plan) {
        return switch (this) {
            case FLOOR_GROUPED -> new GroupedFloor(pool, executions, plan);
            case FLOOR_SINGLE -> new SingleFloor(pool, executions, plan);
            case REPRISE -> new RepriseContender(pool, executions, plan);
            case DB_SCHEDULER -> new DbSchedulerContender(pool, executions);
        };
    }

    static Entrant of(String title) {
        return Arrays.stream(values())
                .filter(one -> one.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown contender: " + title + "; known: "
                        + Arrays.stream(values()).map(Entrant::title).collect(Collectors.joining(", "))));
    }
}
