package dev.reprise.storage.memory;

import java.util.List;

/** What belongs to tasks besides their rows. A new table has its place in this list, and nowhere else. */
final class Companions {

    private final Requests requests = new Requests();
    private final Results results = new Results();
    private final Attempts attempts = new Attempts();
    private final Dependencies dependencies = new Dependencies();

    /** All of them, in the order in which they write. */
    private final List<Companion> all = List.of(requests, results, attempts, dependencies);

    List<Companion> all() {
        return all;
    }

    Requests requests() {
        return requests;
    }

    Results results() {
        return results;
    }

    Attempts attempts() {
        return attempts;
    }

    Dependencies dependencies() {
        return dependencies;
    }
}
