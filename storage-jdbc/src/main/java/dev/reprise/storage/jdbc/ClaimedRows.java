package dev.reprise.storage.jdbc;

import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Payload;
import dev.reprise.store.TaskRow;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows that a claim has just taken, and those among them that cannot be read. */
final class ClaimedRows {

    /** What {@link #add} needs, of the task {@code t} and its request {@code q}. */
    static final String COLUMNS = TaskRows.COLUMNS + ", t.carry, q.body AS request_body";

    private static final Comparator<ClaimedTask> ORDER = Comparator.<ClaimedTask>comparingInt(
                    task -> -task.row().priority())
            .thenComparing(task -> task.row().times().createdAt())
            .thenComparing(task -> task.row().id().value());
    private final List<ClaimedTask> readable = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    Void add(Row row) throws SQLException {
        var task = TaskRows.read(row).orElse(null);
        byte[] request = row.bytes("request_body");
        if (task == null || request == null) {
            unreadable.add(row.text("id"));
        } else {
            readable.add(claimed(row, task, request));
        }
        return null;
    }

    private static ClaimedTask claimed(Row row, TaskRow task, byte[] request) throws SQLException {
        Instant now = Objects.requireNonNull(task.times().claimedAt());
        return new ClaimedTask(task, Payload.of(request), carry(row.bytes("carry")), now);
    }

    private static @Nullable String carry(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Tasks whose rows this version cannot read. */
    List<String> unreadable() {
        return unreadable;
    }

    List<ClaimedTask> inOrder() {
        readable.sort(ORDER);
        return readable;
    }
}
