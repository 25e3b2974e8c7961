package dev.reprise.runner;

import dev.reprise.background.Problems;
import dev.reprise.store.TaskEnd;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after dead runners, whose tasks are ready for anybody then.
 *
 * @param heartbeat whose session does it
 * @param problems where a failure is told
 * @param wake what to do when there is something to claim
 * @param ended told of what has ended, because too many runners died on it
 */
record Reaper(Heartbeat heartbeat, Problems problems, Runnable wake, Consumer<List<TaskEnd>> ended)
        implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
    private static final String REAP = "reaping";
    private static final String STORE = "the store";

    /** How often to look. */
    Duration interval() {
        return heartbeat.session().reapInterval();
    }

    @Override
    public void run() {
        try {
            var report = heartbeat.session().reap();
            problems.succeeded(REAP);
            problems.told(STORE, heartbeat.session().problems());
            if (!report.dead().isEmpty()) {
                LOG.info(
                        "runners found dead: {}; generations ready again: {}, ended: {}",
                        report.dead(),
                        report.resumed().size(),
                        report.ends().size());
            }
            if (!report.resumed().isEmpty()) {
                wake.run();
            }
            ended.accept(report.ends());
        } catch (Throwable e) { // the next look tries again
            problems.failed(REAP, e);
        }
    }
}
