package dev.reprise.provider.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Looks, before a request goes out on a connection from the pool, whether the server has closed it meanwhile. OkHttp looks
 * only after ten seconds, and servers close idle connections after five. What it finds costs nothing: not a byte has been
 * sent, so the call is made on another connection.
 *
 * <p>HTTP/2 needs no look: its reader hears of the end by itself.
 */
final class StaleConnections implements Interceptor {

    /** Those that have carried a request, which a new one has not. */
    private static final Map<Connection, Boolean> USED = Collections.synchronizedMap(new WeakHashMap<>());

    /** Nothing has been sent: the connection was at its end before. */
    static final class StaleException extends IOException {
        private static final long serialVersionUID = 1;

        StaleException() {
            super("the server had closed the connection");
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        var connection = chain.connection();
        if (connection != null
                && USED.put(connection, true) != null
                && connection.protocol() == Protocol.HTTP_1_1
                && closed(connection.socket())) {
            throw new StaleException();
        }
        return chain.proceed(chain.request());
    }

    /** Whether an idle connection is at its end, or has something to say, which bodes no better. */
    private static boolean closed(Socket socket) {
        try {
            int timeout = socket.getSoTimeout();
            socket.setSoTimeout(1);
            try {
                socket.getInputStream().read();
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            } finally {
                socket.setSoTimeout(timeout);
            }
        } catch (IOException e) {
            return true;
        }
    }
}
