package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
final class WriteTurn {

    /** For databases that keep their transactions apart themselves. */
    static final WriteTurn NOT_NEEDED = new WriteTurn(null);

    private static final Logger LOG = LoggerFactory.getLogger(WriteTurn.class);
    private static final int LONGEST_MARK = 200;
    private static final String REGISTRY = "dev.reprise.storage.jdbc.turns";

    private final @Nullable Path file;
    private final ReentrantLock here;

    private WriteTurn(@Nullable Path file) {
        this.file = file;
        here = file == null
                ? new ReentrantLock()
                : registry().computeIfAbsent(file.toString(), f -> new ReentrantLock());
    }

    /** @param database the path of the database's file, without its ending */
    static WriteTurn of(String database) {
        return new WriteTurn(Path.of(database + ".writer").toAbsolutePath());
    }

    /** Locks of the operating system belong to a process: within it these decide, shared by all class loaders. */
    @SuppressWarnings("unchecked")
    private static ConcurrentMap<String, ReentrantLock> registry() {
        Properties properties = System.getProperties();
        return (ConcurrentMap<String, ReentrantLock>)
                properties.computeIfAbsent(REGISTRY, name -> new ConcurrentHashMap<String, ReentrantLock>());
    }

    /** A turn that has been taken; closing it lets the next one write. */
    interface Taken extends AutoCloseable {

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
    Taken take() {
        if (file == null) {
            return NOTHING;
        }
        here.lock();
        boolean taken = false;
        FileChannel channel = null;
        try {
            // Closing the channel, or the process's death, ends the lock.
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel.lock();
            var turn = new Locked(file, channel, here, read(channel));
            taken = true;
            return turn;
        } catch (IOException e) {
            throw StoreException.passing("cannot lock " + file, e);
        } finally {
            if (!taken) {
                close(channel);
                here.unlock();
            }
        }
    }

    private static @Nullable String read(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(LONGEST_MARK);
        int length = channel.read(bytes, 0);
        return length <= 0 ? null : new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("a lock that could not be taken could not be closed", e);
        }
    }

    /**
     * The turn at a file. The mark stands in the file for as long as the turn lasts.
     *
     * @param file the file
     * @param channel the open channel, whose lock is the turn
     * @param here the lock within this process
     * @param left the mark that was found
     */
    private record Locked(
            Path file,
            FileChannel channel,
            ReentrantLock here,
            @Nullable String left) implements Taken {

        @Override
        public void mark(String holder) {
            try {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
            } catch (IOException e) {
                throw StoreException.passing("cannot write " + file, e);
            }
        }

        @Override
        public void over() {
            try {
                channel.truncate(0);
            } catch (IOException e) {
                throw StoreException.passing("cannot write " + file, e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw StoreException.passing("cannot release " + file, e);
            } finally {
                here.unlock();
            }
        }
    }
}
