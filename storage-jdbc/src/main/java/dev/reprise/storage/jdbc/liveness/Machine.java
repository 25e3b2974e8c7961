package dev.reprise.storage.jdbc.liveness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which start of which machine this is: locks of the operating system reach no further. */
final class Machine {

    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** What a runner's row says in place of a server, when it holds a lock beside the file. */
    static final String PREFIX = "file:";

    /** This one's. */
    static final String HERE = PREFIX + boot();

    private Machine() {}

    /** Blank where the operating system does not tell. */
    private static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException | RuntimeException e) {
            LOG.debug("no boot id: {}", e.getMessage());
            return "";
        }
    }
}
