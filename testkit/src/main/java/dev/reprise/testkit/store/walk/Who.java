package dev.reprise.testkit.store.walk;

/**
 * A runner as a program names it.
 *
 * @param slot its place; the runners in even places are of one process, those in odd places of another
 * @param past 0 for the one that is there now, and is opened when there is none; 1 for the one before it, and so on
 */
record Who(int slot, int past) {

    /** The runner that is there now. */
    static Who at(int slot) {
        return new Who(slot, 0);
    }

    @Override
    public String toString() {
        return "r" + slot + (past == 0 ? "" : "-past" + past);
    }
}
