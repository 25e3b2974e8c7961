package dev.reprise.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The processor time of all processes of a PostgreSQL server on this machine, read from {@code /proc} (Linux only):
 * of the postmaster, of its children, and of those of its children that have ended.
 *
 * @param proc where the process files are
 * @param postmaster the server's main process, or null when it cannot be seen from here
 */
record ServerCpu(Path proc, @Nullable Long postmaster) {

    // USER_HZ, which is 100 on every Linux that Java runs on.
    private static final long NANOS_PER_TICK = 10_000_000;

    /** The server of a session. */
    static ServerCpu ofBackend(Path proc, long backend) {
        var stat = Stat.read(proc.resolve(Long.toString(backend)));
        return new ServerCpu(proc, stat == null ? null : (Long) stat.parent);
    }

    /** Nanoseconds since the server's start, to about a hundredth of a second; empty where they cannot be read. */
    OptionalLong nanos() {
        if (postmaster == null) {
            return OptionalLong.empty();
        }
        long ticks = 0;
        try (var entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                var stat = Stat.read(entry);
                if (stat != null && stat.pid == postmaster) {
                    ticks += stat.own + stat.endedChildren;
                } else if (stat != null && stat.parent == postmaster) {
                    ticks += stat.own;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return OptionalLong.of(ticks * NANOS_PER_TICK);
    }

    /** One process, in ticks: proc(5), {@code /proc/pid/stat}. */
    private record Stat(long pid, long parent, long own, long endedChildren) {

        private static final int PARENT = 1;
        private static final int USER = 11;
        private static final int SYSTEM = 12;
        private static final int CHILDREN_USER = 13;
        private static final int CHILDREN_SYSTEM = 14;

        /** Null when there is no such process any more. */
        static @Nullable Stat read(Path process) {
            String line;
            try {
                line = Files.readString(process.resolve("stat"));
            } catch (IOException e) {
                return null;
            }
            // The name, in parentheses, may hold anything: count from behind it.
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return new Stat(
                    Long.parseLong(line.substring(0, line.indexOf(' '))),
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]),
                    Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]));
        }
    }
}
