package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.sql.Table;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.rules.Birth;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tasks depend on. */
final class Dependencies implements Companion {

    private static final Table<Dependency> TABLE = Table.<Dependency>named("dependency")
            .text("task", Dependency::task)
            .text("depends_on", Dependency::dependsOn)
            .build();
    static final String MET = """
            SELECT d.task AS id, COUNT(*) AS met FROM {dependency} d JOIN {task} t ON t.id = d.task
            WHERE d.depends_on {in:ids} AND {is t.DEPENDENT}
            GROUP BY d.task ORDER BY d.task""";
    static final String WAITING = """
            SELECT DISTINCT t.id FROM {dependency} d JOIN {task} t ON t.id = d.task
            WHERE d.depends_on {in:ids} AND {is t.DEPENDENT} ORDER BY t.id""";

    private static final String REMOVE = "DELETE FROM {dependency} WHERE task {in:ids}";
    private static final String REMOVE_ON = "DELETE FROM {dependency} WHERE depends_on {in:ids}";

    private record Dependency(String task, String dependsOn) {}

    @Override
    public void born(Tx tx, List<Birth> births) throws SQLException {
        tx.insert(
                TABLE,
                births.stream()
                        .flatMap(birth -> birth.dependsOn().stream()
                                .map(on -> new Dependency(birth.task().id().value(), on.value())))
                        .toList());
    }

    @Override
    public void purged(Tx tx, Collection<String> tasks) throws SQLException {
        tx.sql(REMOVE).set("ids", tasks).update();
        tx.sql(REMOVE_ON).set("ids", tasks).update();
    }

    /** How many of these each task that still waits depends on. */
    static Map<String, Integer> met(Tx tx, Collection<String> succeeded) throws SQLException {
        Map<String, Integer> met = new HashMap<>();
        if (!succeeded.isEmpty()) {
            tx.sql(MET).set("ids", succeeded).list(row -> met.put(row.text("id"), row.number("met")));
        }
        return met;
    }

    /** What waits for any of these. */
    static Set<String> waiting(Tx tx, Collection<String> ended) throws SQLException {
        return ended.isEmpty()
                ? Set.of()
                : new HashSet<>(tx.sql(WAITING).set("ids", ended).list(row -> row.text("id")));
    }
}
