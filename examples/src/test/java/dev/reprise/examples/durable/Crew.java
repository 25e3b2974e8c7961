package dev.reprise.examples.durable;

import static org.awaitility.Awaitility.await;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Workers in JVMs of their own on one database, each with its log of calls; all are gone when this is closed. */
final class Crew implements AutoCloseable {

    /** A busy machine starts a JVM in this time. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String url;
    private final Path folder;
    private final Database database;
    private final List<WorkerProcess> workers = new ArrayList<>();

    Crew(String url, Path folder) {
        this.url = url;
        this.folder = folder;
        database = Database.open(url, null, null);
    }

    /** Starts a worker that has these options beside its own. */
    WorkerProcess start(String name, String... more) throws IOException {
        var options = new ArrayList<>(List.of("--jdbc", url, "--log", log(name).toString(), "--name", name));
        options.addAll(List.of(more));
        var worker = WorkerProcess.start(options, folder.resolve(name + ".out"));
        workers.add(worker);
        return worker;
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    List<GenerationId> submit(int count, Duration latency) {
        return SubmitCommand.submit(database.store(), count, latency, 0);
    }

    StoredTask task(GenerationId id) {
        return database.store().find(Scope.ALL, id).orElseThrow();
    }

    /** Waits until a worker has printed this. */
    void awaitWord(String name, String word) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(() -> Files.readString(folder.resolve(name + ".out")).contains(word));
    }

    /** The lines that a worker has written so far. */
    List<CallLine> calls(String name) throws IOException {
        var reader = new LogReader();
        reader.read(log(name));
        return reader.lines();
    }

    /** The first line of a worker that is so, waited for. */
    CallLine call(String name, Predicate<CallLine> which) {
        return await().pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(() -> calls(name).stream().filter(which).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Its beginning or end of a call for a task. */
    CallLine call(String name, CallLine.Event event, GenerationId task) {
        return call(name, line -> line.event() == event && line.task().equals(task.value()));
    }

    @Override
    public void close() {
        for (var worker : workers) {
            try {
                worker.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it has been killed; only its end was not waited for
            }
        }
        database.close();
    }
}
