package dev.reprise.storage.jdbc.tasks;

import java.util.List;

/** What belongs to tasks besides their rows. A new table has its place in this list, and nowhere else. */
final class Companions {

    /** All of them, in the order in which they write. */
    static final List<Companion> ALL = List.of(new Requests(), new Results(), new Attempts(), new Dependencies());

    private Companions() {}
}
