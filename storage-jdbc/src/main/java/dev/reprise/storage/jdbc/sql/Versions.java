package dev.reprise.storage.jdbc.sql;

/** Compares version numbers. */
public final class Versions {

    private Versions() {}

    /** Whether a version comes before another; what is no number is a separator. */
    public static boolean isOlder(String version, String oldest) {
        String[] have = version.split("[^0-9]+", -1);
        String[] need = oldest.split("[^0-9]+", -1);
        for (int i = 0; i < need.length; i++) {
            int mine = i < have.length && !have[i].isEmpty() ? Integer.parseInt(have[i]) : 0;
            int theirs = Integer.parseInt(need[i]);
            if (mine != theirs) {
                return mine < theirs;
            }
        }
        return false;
    }
}
