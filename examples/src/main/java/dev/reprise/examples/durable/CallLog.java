package dev.reprise.examples.durable;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that gets a line for every provider call that begins or ends, for checking from outside what a process did.
 * Thread-safe; several processes may append to one file.
 *
 * <p>A line has been given to the operating system when {@link #append} returns, and so survives the death of the process.
 * A line of what has been stored is on the disk then, and survives a power cut as well.
 */
final class CallLog implements AutoCloseable {

    private final FileOutputStream out;

    private CallLog(FileOutputStream out) {
        this.out = out;
    }

    /** Opens a log to append to, made when it is missing; a torn last line is ended, so that it spoils no other. */
    static CallLog open(Path file) throws IOException {
        boolean torn = endsWithinALine(file);
        // A stream and no channel: an interrupted thread would close a channel for all.
        var log = new CallLog(new FileOutputStream(file.toFile(), true));
        if (torn) {
            log.write("");
        }
        return log;
    }

    /** @throws UncheckedIOException when the line cannot be written */
    void append(CallLine line) {
        try {
            write(line.toJson());
            if (line.event() == CallLine.Event.STORED) {
                out.getFD().sync();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the log", e);
        }
    }

    /** One write to a file opened for appending: lines of several threads and processes never mix. */
    private void write(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static boolean endsWithinALine(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(bytes.length() - 1);
            return bytes.read() != '\n';
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
