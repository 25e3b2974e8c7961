package dev.reprise.storage.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged while it is open; it goes where it would have gone as well. For one test at a time. */
public final class LogCapture implements AutoCloseable {

    private final PrintStream real = System.err;
    private final ByteArrayOutputStream caught = new ByteArrayOutputStream();

    private LogCapture() {
        System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                super.println(line);
                real.println(line);
            }
        });
    }

    /** The logger of these tests writes to whatever the standard error is at the time. */
    public static LogCapture start() {
        return new LogCapture();
    }

    /** The library's own lines so far, of WARN and above. */
    public List<String> warnings() {
        return caught.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(" WARN dev.reprise.") || line.contains(" ERROR dev.reprise."))
                .toList();
    }

    /** How many of them say this. */
    public long count(String text) {
        return warnings().stream().filter(line -> line.contains(text)).count();
    }

    @Override
    public void close() {
        System.setErr(real);
    }
}
