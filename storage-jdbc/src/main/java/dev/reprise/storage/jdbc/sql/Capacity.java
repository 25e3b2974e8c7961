package dev.reprise.storage.jdbc.sql;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.store.NewTask;
import dev.reprise.store.Submission;

/**
 * How much may be stored in one transaction.
 *
 * @param tasks the most tasks
 * @param bytes the most bytes that the requests of several tasks may have together
 * @param outcomes the most outcomes
 * @param outcomeBytes the most bytes that several outcomes may have together
 * @param deadlines the most tasks that end at their deadlines in one transaction, each with all that depends on it
 *     and, if it stops, with all of its batch
 */
public record Capacity(int tasks, long bytes, int outcomes, long outcomeBytes, int deadlines) {

    /** Nothing that a client lets through is too much. */
    public static final Capacity AMPLE = new Capacity(Integer.MAX_VALUE, Long.MAX_VALUE, 1_000, 8 << 20, 500);

    /**
     * H2 writes to its file in the middle of a transaction that has changed more than a buffer of 8 to 19 MB, by the size
     * of the heap, and is not whole again after a kill then. Measured with a heap of 128 MB: at about 1,900 tasks.
     */
    public static final Capacity OF_AN_H2_FILE = new Capacity(1_000, 4 << 20, 250, 2 << 20, 1);

    /**
     * Refuses what is too much for one transaction.
     *
     * @throws InvalidRequestException when a submission is too much; nothing has been stored
     */
    public void check(Submission submission) {
        int count = submission.tasks().size();
        if (count > tasks) {
            throw new InvalidRequestException(
                    "requests", count + " requests", "must be at most " + tasks + " at once on an H2 file");
        }
        long sum = submission.tasks().stream()
                .map(NewTask::request)
                .mapToLong(request -> request.size())
                .sum();
        if (count > 1 && sum > bytes) {
            throw new InvalidRequestException(
                    "requests", sum + " bytes", "must have at most " + bytes + " bytes together on an H2 file");
        }
    }
}
