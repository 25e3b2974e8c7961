package dev.reprise.store;

/**
 * How many of a batch's tasks have ended how. What was deleted has ended, and counts as it ended.
 *
 * @param size how many the batch was made of, whatever was deleted since
 * @param succeeded those that SUCCEEDED
 * @param failed those that FAILED
 * @param cancelled those that were CANCELLED
 * @param skipped those that were SKIPPED
 * @param deleted those that have been deleted, which are among the others
 */
public record BatchCounts(int size, int succeeded, int failed, int cancelled, int skipped, int deleted) {

    /** How many have not ended. */
    public int open() {
        return size - succeeded - failed - cancelled - skipped;
    }
}
