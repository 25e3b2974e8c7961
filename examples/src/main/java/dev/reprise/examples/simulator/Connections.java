package dev.reprise.examples.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * Server sockets whose connections can be ended at will, the n-th accepted by its number n from 0.
 *
 * <p>mockwebserver3 can close a connection, but not reset it (that takes a linger time of zero on the socket, which it
 * does not show), and it leaves a connection open whose body failed. It numbers connections in the order they are accepted, which is what tells them apart here.
 */
final class Connections extends ServerSocketFactory {

    private static final int BACKLOG = 1_000;

    private final AtomicInteger accepted = new AtomicInteger();
    private final Map<Integer, Socket> open = new ConcurrentHashMap<>();

    /** Ends a connection with a TCP reset. */
    void reset(int connection) throws IOException {
        Socket socket = open.get(connection);
        if (socket != null) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** Ends a connection in order, once all that was written is sent. */
    void close(int connection) throws IOException {
        Socket socket = open.get(connection);
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Listening();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, BACKLOG);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return bound(new InetSocketAddress(port), backlog);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return bound(new InetSocketAddress(address, port), backlog);
    }

    private ServerSocket bound(InetSocketAddress address, int backlog) throws IOException {
        ServerSocket socket = createServerSocket();
        socket.bind(address, backlog);
        return socket;
    }

    private final class Listening extends ServerSocket {

        Listening() throws IOException {}

        /** A crowd of callers at once must not have to try again, so the queue is longer than asked for. */
        @Override
        public void bind(SocketAddress endpoint, int backlog) throws IOException {
            super.bind(endpoint, Math.max(backlog, BACKLOG));
        }

        @Override
        public Socket accept() throws IOException {
            Accepted socket = new Accepted();
            implAccept(socket);
            socket.setTcpNoDelay(true); // an event must not wait for the one before it to be acknowledged
            socket.number = accepted.getAndIncrement();
            open.put(socket.number, socket);
            return socket;
        }
    }

    private final class Accepted extends Socket {

        private volatile int number = -1;

        @Override
        public synchronized void close() throws IOException {
            open.remove(number);
            super.close();
        }
    }
}
