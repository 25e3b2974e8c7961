package dev.reprise.examples.variations;

import dev.reprise.examples.durable.Database;
import dev.reprise.storage.memory.InMemoryTaskStore;
import dev.reprise.store.TaskStore;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the main job keeps its work: in memory, or in an embedded database file that survives the process.
 *
 * @param store the store
 * @param database what the store is in, or null in memory
 * @param path the database's folder, or null in memory
 */
record Storage(
        TaskStore store,
        @Nullable Database database,
        @Nullable Path path) implements AutoCloseable {

    static Storage open(boolean durable, Path folder) {
        if (!durable) {
            return new Storage(InMemoryTaskStore.create(), null, null);
        }
        var path = folder.toAbsolutePath().normalize();
        var database = Database.open("jdbc:sqlite:" + path.resolve("tasks.db"), null, null);
        return new Storage(database.store(), database, path);
    }

    /** The folder that survives the process; empty in memory. */
    Optional<Path> folder() {
        return Optional.ofNullable(path);
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
    }
}
