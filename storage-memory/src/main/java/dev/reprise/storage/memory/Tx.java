package dev.reprise.storage.memory;

import java.time.Instant;

/**
 * What one operation works on, as a transaction would: all tables, at one time. Valid while the store's lock is held.
 *
 * @param now the store's time
 * @param tasks the tasks' rows
 * @param batches the batches' rows
 * @param runners the runners' rows
 * @param companions what belongs to tasks besides their rows
 */
record Tx(Instant now, TaskTable tasks, Batches batches, Runners runners, Companions companions) {

    /** The same tables at another time. */
    Tx at(Instant time) {
        return new Tx(time, tasks, batches, runners, companions);
    }
}
