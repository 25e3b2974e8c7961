package dev.reprise.storage.jdbc.h2;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What H2 has noted beside a file about the process that has it open, in {@code .lock.db}.
 *
 * @param exists whether there is a note
 * @param said what it says; nothing for a moment while it is written
 */
public record H2Note(boolean exists, Properties said) {

    private static final Logger LOG = LoggerFactory.getLogger(H2Note.class);
    private static final int ANSWER_MILLIS = 1_000;

    /** What can be known of a host from outside. */
    public enum Sign {
        /** Nobody has opened the file, or not for others. */
        NONE,
        /** Somebody is about to open it, or was killed then. */
        COMING,
        /** Its server knows the note's key. */
        ANSWERS,
        /** Its server hangs up: its process is about to end, or has too much to do. */
        GOING,
        /** Nobody listens at its address any more, and that is an address of this machine. */
        GONE,
        /** It may be anywhere, and alive. */
        SILENT
    }

    public static H2Note read(Path file) {
        var said = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            said.load(in);
        } catch (NoSuchFileException e) {
            return new H2Note(false, said);
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("{} cannot be read: {}", file, e.getMessage());
            said.setProperty("method", "unknown");
        }
        return new H2Note(true, said);
    }

    /** What its process made up when it opened the file. */
    public String key() {
        return said.getProperty("id", "");
    }

    /** Where its server listens; null while it does not, and never does where the file is not shared. */
    @Nullable
    public String server() {
        return said.getProperty("server");
    }

    /** Asks the server, which takes a second at most. */
    public Sign sign() {
        if (!exists || !"file".equals(said.getProperty("method", "file"))) {
            return Sign.NONE;
        }
        String address = server();
        return address == null ? Sign.COMING : signOf(address);
    }

    private Sign signOf(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            var host = InetAddress.getByName(address.substring(0, colon));
            int port = Integer.parseInt(address.substring(colon + 1));
            try {
                socket.connect(new InetSocketAddress(host, port), ANSWER_MILLIS);
            } catch (ConnectException e) {
                return isOfThisMachine(host) ? Sign.GONE : Sign.SILENT;
            } catch (SocketException e) {
                // Its subclasses say that nobody was reached.
                boolean reset = e.getClass() == SocketException.class && isOfThisMachine(host);
                return reset ? Sign.GOING : Sign.SILENT;
            }
            return answer(socket);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.debug("{} cannot be asked: {}", address, e.getMessage());
            return Sign.SILENT;
        }
    }

    private Sign answer(Socket socket) {
        try {
            socket.setSoTimeout(ANSWER_MILLIS);
            return H2Key.isKnown(socket, key()) ? Sign.ANSWERS : Sign.SILENT;
        } catch (SocketTimeoutException e) {
            return Sign.SILENT;
        } catch (IOException e) {
            return Sign.GOING;
        }
    }

    private static boolean isOfThisMachine(InetAddress address) throws IOException {
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }
}
