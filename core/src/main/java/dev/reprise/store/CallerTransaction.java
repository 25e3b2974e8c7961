package dev.reprise.store;

import dev.reprise.failure.StoreException;

/**
 * A transaction of the app's own, in a store that shares the app's database. The app has begun it and ends it; a store
 * that offers this says how to get one. Not thread-safe: it belongs to whom the transaction belongs to.
 */
public interface CallerTransaction {

    /** The store that the transaction is in. */
    TaskStore store();

    /**
     * Stores a submission within the transaction: other processes may observe all of it after the caller's commit, and
     * nothing of it before or after a rollback. Nothing is claimed. A key that is taken does not spoil the transaction.
     *
     * @throws StoreException when there is no transaction to store it in; for a deadlock or a serialization failure, which
     *     are the caller's to try again with all of the transaction; when the database fails
     */
    Submitted submit(Submission submission);
}
