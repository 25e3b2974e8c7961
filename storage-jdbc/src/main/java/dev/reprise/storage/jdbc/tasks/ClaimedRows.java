package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.reading.TaskRowReader;
import dev.reprise.storage.jdbc.sql.Row;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Payload;
import dev.reprise.store.TaskRow;
import dev.reprise.store.rules.Orders;
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
    static final String COLUMNS = TaskRowReader.COLUMNS + ", t.handover, q.body AS request_body";

    private final List<ClaimedTask> readable = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    Void add(Row row) throws SQLException {
        var task = TaskRowReader.read(row).orElse(null);
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
        return new ClaimedTask(task, Payload.of(request), handover(row.bytes("handover")), now);
    }

    private static @Nullable String handover(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Tasks whose rows this version cannot read. */
    List<String> unreadable() {
        return unreadable;
    }

    /** As {@link #inOrder}, of claims that were made before this time. */
    List<ClaimedTask> inOrder(Instant now) {
        readable.replaceAll(claimed -> new ClaimedTask(claimed.row(), claimed.request(), claimed.handover(), now));
        return inOrder();
    }

    List<ClaimedTask> inOrder() {
        readable.sort(Comparator.comparing(ClaimedRows::place, Orders.CLAIMS));
        return readable;
    }

    static Orders.Place place(ClaimedTask claimed) {
        var row = claimed.row();
        return new Orders.Place(
                row.id(),
                row.priority(),
                row.times().createdAt(),
                row.placement().position(),
                row.counters().attempts() > 0);
    }
}
