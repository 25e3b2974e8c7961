package dev.reprise.store;

/**
 * What a version of the library can do with rows. A row says which level a process must have to change it, from its birth
 * on: an older process, which would end it without what belongs to it, leaves it alone, also in the midst of an upgrade.
 */
public final class Level {

    /** This library's level. */
    public static final int CURRENT = 1;

    /** The level that every process has. */
    public static final int ANY = 1;

    private Level() {}
}
