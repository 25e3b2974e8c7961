package dev.reprise.examples.durable;

import dev.reprise.event.GenerationEvent;
import dev.reprise.event.GenerationListener;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import java.time.Clock;

/** Writes down, beside the database, which ends the database has acknowledged. */
record StoredLog(CallLog log, Clock clock) implements GenerationListener {

    private static final long PID = ProcessHandle.current().pid();

    @Override
    public void onEvent(GenerationEvent event) {
        if (event instanceof GenerationEvent.Finished finished) {
            var generation = finished.generation();
            if (generation.state() == TaskState.SUCCEEDED || generation.state() == TaskState.FAILED) {
                log.append(CallLine.stored(
                        finished.slot().id().value(),
                        generation.attempts().size(),
                        PID,
                        clock.instant(),
                        AttemptOutcome.valueOf(generation.state().name())));
            }
        }
    }
}
