package dev.reprise.storage.jdbc.sql;

import dev.reprise.store.Scope;

/** The part of a statement that keeps owners apart. */
public final class OwnerClause {

    /** Of a table called {@code t}. */
    public static final String CLAUSE = "(:anybody = 1 OR t.owner = :owner)";

    private OwnerClause() {}

    public static Query fill(Query query, Scope scope) {
        var owner = scope.owner();
        return query.set("anybody", owner == null ? 1 : 0).set("owner", owner == null ? "" : owner.value());
    }
}
