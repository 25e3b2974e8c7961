package dev.reprise.storage.jdbc;

import dev.reprise.store.Scope;

/** The part of a statement that keeps owners apart. */
final class Scoped {

    /** Of a table called {@code t}. */
    static final String CLAUSE = "(:anybody = 1 OR t.owner = :owner)";

    private Scoped() {}

    static Query fill(Query query, Scope scope) {
        var owner = scope.owner();
        return query.set("anybody", owner == null ? 1 : 0).set("owner", owner == null ? "" : owner.value());
    }
}
