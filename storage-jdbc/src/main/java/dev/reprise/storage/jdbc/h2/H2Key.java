package dev.reprise.storage.jdbc.h2;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/**
 * The question by which H2 processes make sure that the server at a noted address is the one that has the file open. A
 * connection alone says little: the operating system accepts it for a process that is already being killed.
 */
public final class H2Key {

    /** Of the protocol, spoken by H2 2.0 and newer. */
    private static final int VERSION = 17;

    private static final int NO_TEXT = -1;
    private static final int CHECK_KEY = 14;
    private static final int OK = 1;

    private H2Key() {}

    /**
     * Asks whether the server knows the key.
     *
     * @throws IOException when it hangs up, or does not answer in the socket's time
     */
    public static boolean isKnown(Socket socket, String key) throws IOException {
        var out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        out.writeInt(VERSION);
        out.writeInt(VERSION);
        out.writeInt(NO_TEXT); // neither a database
        out.writeInt(NO_TEXT); // nor its URL
        out.writeInt(key.length());
        out.writeChars(key);
        out.writeInt(CHECK_KEY);
        out.flush();
        return new DataInputStream(socket.getInputStream()).readInt() == OK;
    }
}
