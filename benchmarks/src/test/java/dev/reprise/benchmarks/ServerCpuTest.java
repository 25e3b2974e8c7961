package dev.reprise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCpuTest {

    @TempDir
    private Path proc;

    /** Ticks in user mode, in the system, and the same of children that have ended. */
    private void process(int pid, String name, int parent, int user, int system, int childUser, int childSystem)
            throws IOException {
        var line = pid + " (" + name + ") S " + parent + " 1 1 0 -1 4194304 9 9 9 9 " + user + " " + system + " "
                + childUser + " " + childSystem + " 20 0 1 0 1\n";
        Files.writeString(
                Files.createDirectory(proc.resolve(Integer.toString(pid))).resolve("stat"), line);
    }

    @Test
    void countsTheServersProcessesAndTheirEndedSiblings() throws IOException {
        process(10, "postgres", 1, 1, 2, 30, 40);
        process(11, "postgres: a) b (c", 10, 100, 200, 5, 5);
        process(12, "postgres: walwriter", 10, 1_000, 2_000, 0, 0);
        process(13, "java", 1, 7, 7, 7, 7);

        var cpu = ServerCpu.ofBackend(proc, 11);

        assertThat(cpu.postmaster()).isEqualTo(10);
        assertThat(cpu.nanos()).hasValue((1 + 2 + 30 + 40 + 100 + 200 + 1_000 + 2_000) * 10_000_000L);
    }

    @Test
    void knowsNothingWhereTheServerCannotBeSeen() {
        assertThat(ServerCpu.ofBackend(proc, 11).nanos()).isEmpty();
    }
}
