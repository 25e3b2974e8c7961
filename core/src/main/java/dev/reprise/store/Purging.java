package dev.reprise.store;

/** The optional face of a store that can remove what ended long ago. */
public interface Purging {

    /**
     * Removes tasks that ended long enough ago, with all that belongs to them, in small transactions; it may be called
     * while others work. What is unfinished is kept, with all it was made from and its batch; so is what something
     * younger was made from.
     *
     * @return how many tasks were removed
     */
    long purge(Retention retention);
}
