package dev.reprise.storage.jdbc.sql;

import dev.reprise.failure.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Lets one transaction at a time write to a database file, among all processes that use it; on a server there is nothing
 * to wait for. A turn lasts until the commit has returned, which no lock inside the database does.
 *
 * <p>H2 puts its maps into the file one by one and not as one snapshot: a commit may write half of what another session is
 * in the middle of, an index entry without the record that would undo it. When the process is killed then, the entry
 * stays, and a transaction that meets it waits for ever (h2database issue 2080).
 *
 * <p>The lock of a process ends with its death, but what it had sent to the database's host goes on there for a moment:
 * the holder leaves a mark, so that the next one knows whose end to wait for.
 */
public final class WriteTurn {

    /** For databases that keep their transactions apart themselves. */
    public static final WriteTurn NOT_NEEDED = new WriteTurn(null);

    private static final int LONGEST_MARK = 200;

    private final @Nullable FileMutex mutex;

    private WriteTurn(@Nullable FileMutex mutex) {
        this.mutex = mutex;
    }

    /**
     * The turn at a database's file.
     *
     * @param database the path of the file, without its ending
     */
    public static WriteTurn of(String database) {
        return new WriteTurn(new FileMutex(Path.of(database + ".writer")));
    }

    /** A turn that has been taken; closing it lets the next one write. */
    public interface Taken extends AutoCloseable {

        /** Who was left in the turn when its process died, or null: the turn before ended properly. */
        @Nullable
        String left();

        /** Says who has the turn, for the case that this process dies in it. */
        void mark(String holder);

        /** Says that nothing of this turn is under way any more: it has ended properly. */
        void over();

        @Override
        void close();
    }

    private static final Taken NOTHING = new Taken() {
        @Override
        public @Nullable String left() {
            return null;
        }

        @Override
        public void mark(String holder) {}

        @Override
        public void over() {}

        @Override
        public void close() {}
    };

    /** Waits for the turn. Not to be called on a thread that may be interrupted. */
    public Taken take() {
        if (mutex == null) {
            return NOTHING;
        }
        var held = mutex.take();
        try {
            return new Locked(held, read(held.channel()));
        } catch (IOException e) {
            held.close();
            throw StoreException.passing("cannot read " + held.file(), e);
        }
    }

    private static @Nullable String read(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(LONGEST_MARK);
        int length = channel.read(bytes, 0);
        return length <= 0 ? null : new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
    }

    /**
     * The turn at a file. The mark stands in the file for as long as the turn lasts.
     *
     * @param held the lock, which is the turn
     * @param left the mark that was found
     */
    private record Locked(FileMutex.Held held, @Nullable String left) implements Taken {

        @Override
        public void mark(String holder) {
            write(holder);
        }

        @Override
        public void over() {
            write("");
        }

        private void write(String mark) {
            try {
                held.channel().truncate(0);
                held.channel().write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.UTF_8)), 0);
            } catch (IOException e) {
                throw StoreException.passing("cannot write " + held.file(), e);
            }
        }

        @Override
        public void close() {
            held.close();
        }
    }
}
