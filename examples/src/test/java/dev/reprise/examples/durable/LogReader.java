package dev.reprise.examples.durable;

import dev.reprise.generation.AttemptOutcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads workers' logs while they grow; a line that has not ended is left for later. */
final class LogReader {

    private final Map<Path, Long> offsets = new HashMap<>();
    private final List<CallLine> lines = new ArrayList<>();
    private final Set<String> succeeded = new HashSet<>();
    private final Set<Long> pids = new HashSet<>();
    private int torn;

    /** Reads what has been written since the last time. */
    void read(Path log) throws IOException {
        if (!Files.exists(log)) {
            return;
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            long offset = offsets.getOrDefault(log, 0L);
            var bytes = new byte[Math.toIntExact(file.length() - offset)];
            file.seek(offset);
            file.readFully(bytes);
            int end = lastLineEnd(bytes);
            offsets.put(log, offset + end);
            new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(this::add);
        }
    }

    private void add(String text) {
        try {
            var line = CallLine.parse(text);
            lines.add(line);
            pids.add(line.pid());
            if (line.outcome() == AttemptOutcome.SUCCEEDED) {
                succeeded.add(line.task());
            }
        } catch (IllegalArgumentException e) {
            torn++; // cut short by a kill, and ended by the next process that opened the file
        }
    }

    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** All lines read so far. */
    List<CallLine> lines() {
        return List.copyOf(lines);
    }

    /** How many tasks' calls have succeeded. */
    int succeeded() {
        return succeeded.size();
    }

    /** Whether a process has made a call. */
    boolean hasSeen(long pid) {
        return pids.contains(pid);
    }

    /** How many lines were cut short. */
    int torn() {
        return torn;
    }
}
