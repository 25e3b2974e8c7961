package dev.reprise.examples.durable;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskQuery;
import dev.reprise.store.TaskStore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads all tasks of a store, newest first, a page at a time. */
final class TaskLines {

    private static final GenerationQuery PAGE =
            GenerationQuery.builder().limit(500).build();

    private TaskLines() {}

    static void forEach(TaskStore store, Consumer<TaskLine> action) {
        @Nullable PagePoint after = null;
        do {
            var page = store.list(new TaskQuery(Scope.ALL, PAGE, after));
            var ids = page.rows().stream().map(task -> task.row().id()).toList();
            var found = store.find(Scope.ALL, ids).stream()
                    .collect(Collectors.toMap(task -> task.row().id(), Function.identity()));
            ids.stream()
                    .filter(found::containsKey)
                    .map(found::get)
                    .map(TaskLine::of)
                    .forEach(action);
            after = page.next();
        } while (after != null);
    }
}
