package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.sql.Table;
import dev.reprise.storage.jdbc.sql.Tx;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** What came of tasks. */
final class Results implements Companion {

    private static final Table<Change> TABLE = Table.<Change>named("result")
            .text("task", change -> change.task().id())
            .bytes("body", change -> Objects.requireNonNull(change.result()).bytes())
            .build();
    private static final String REMOVE = "DELETE FROM {result} WHERE task {in:ids}";

    @Override
    public void changed(Tx tx, List<Change> changes) throws SQLException {
        tx.insert(
                TABLE,
                changes.stream().filter(change -> change.result() != null).toList());
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
