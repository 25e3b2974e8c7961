package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.sql.Table;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.rules.Birth;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** What was asked for. */
final class Requests implements Companion {

    private static final Table<Birth> TABLE = Table.<Birth>named("request")
            .text("task", birth -> birth.task().id().value())
            .bytes("body", birth -> birth.task().request().bytes())
            .build();
    private static final String REMOVE = "DELETE FROM {request} WHERE task {in:ids}";

    @Override
    public void born(Tx tx, List<Birth> births) throws SQLException {
        tx.insert(TABLE, births);
    }

    @Override
    public void erased(Tx tx, String task) throws SQLException {
        purged(tx, List.of(task));
    }

    @Override
    public void purged(Tx tx, Collection<String> tasks) throws SQLException {
        tx.sql(REMOVE).set("ids", tasks).update();
    }
}
