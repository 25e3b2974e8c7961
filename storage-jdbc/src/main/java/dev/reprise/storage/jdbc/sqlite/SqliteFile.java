package dev.reprise.storage.jdbc.sqlite;

import dev.reprise.failure.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * The file of an SQLite database, found without opening it: whoever closes a file loses all of the process's locks on it,
 * those of SQLite included.
 *
 * @param path the file itself, whatever links lead to it
 */
public record SqliteFile(Path path) {

    /** File systems whose locks or whose shared memory do not reach all who may see the file. */
    private static final Set<String> SHARED = Set.of(
            "9p",
            "afpfs",
            "afs",
            "beegfs",
            "ceph",
            "cifs",
            "davfs",
            "drvfs",
            "fakeowner",
            "gfs2",
            "glusterfs",
            "gpfs",
            "lustre",
            "ncpfs",
            "nfs",
            "nfs4",
            "ocfs2",
            "osxfs",
            "prl_fs",
            "smb2",
            "smb3",
            "smbfs",
            "vboxsf",
            "virtiofs",
            "vmhgfs",
            "webdav");

    private static final Set<String> SHARED_BY_FUSE = Set.of(
            "fuse.ceph",
            "fuse.glusterfs",
            "fuse.grpcfuse",
            "fuse.rclone",
            "fuse.s3fs",
            "fuse.sshfs",
            "fuse.vmhgfs-fuse");

    /**
     * The file that SQLite has opened.
     *
     * @param name the path, as SQLite tells it; empty for a database in memory
     * @throws StoreException when it is none that several connections can rely on
     */
    static SqliteFile of(String name) {
        if (name.isEmpty()) {
            throw StoreException.misconfigured(
                    "an SQLite database in memory belongs to one connection and ends with it:"
                            + " use a file (jdbc:sqlite:./tasks.db), or, to keep nothing, the in-memory store or H2"
                            + " (jdbc:h2:mem:tasks;DB_CLOSE_DELAY=-1)");
        }
        try {
            var file = Path.of(name).toRealPath();
            checkLinks(file);
            checkFileSystem(file, Files.getFileStore(file).type());
            return new SqliteFile(file);
        } catch (IOException e) {
            throw StoreException.lasting("cannot look at " + name, e);
        }
    }

    /** By another name, SQLite looks for other files beside it, and does not see what is being written by this one. */
    private static void checkLinks(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(file, "unix:nlink") instanceof Integer links
                && links > 1) {
            throw StoreException.misconfigured(
                    file + " has " + links + " names (hard links), and what is written by one"
                            + " is not seen by the other: remove the others, or copy the file");
        }
    }

    /** Refuses a file system that other machines may share. */
    static void checkFileSystem(Path file, String type) {
        var word = type.toLowerCase(Locale.ROOT);
        if (SHARED.contains(word)
                || SHARED_BY_FUSE.contains(word)
                || file.toString().startsWith("\\\\")) {
            throw StoreException.misconfigured(
                    file + " is on " + type + ", a file system of a network or of another"
                            + " machine, on which SQLite's locks do not hold: put it on a local disk, or use a database server");
        }
    }

    /** How many bytes have been written that are not in the file itself yet. */
    long walBytes() {
        try {
            return Files.size(path.resolveSibling(path.getFileName() + "-wal"));
        } catch (IOException e) {
            return 0; // there is none
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
