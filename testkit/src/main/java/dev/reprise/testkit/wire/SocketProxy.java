package dev.reprise.testkit.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on a loopback port that passes bytes on to a server and back, and does mischief to the answers. It knows
 * nothing of HTTP. Thread-safe; its threads end with it.
 */
public final class SocketProxy implements AutoCloseable {

    private static final int BACKLOG = 1_000;

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile Mischief mischief = new Mischief.None();
    private volatile @Nullable ProxiedConnection latest;
    private volatile long lastGoneNanos;

    private SocketProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    /** A proxy in front of a server on this machine, listening already. */
    public static SocketProxy to(int port) {
        try {
            var proxy = new SocketProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            var acceptor = new Thread(proxy::accept, "socket-proxy");
            acceptor.setDaemon(true);
            acceptor.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port to connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Sets what happens on connections accepted from now on. */
    public SocketProxy mischief(Mischief value) {
        mischief = value;
        return this;
    }

    /** How many connections are open on the client's side. */
    public int openConnections() {
        return connections.size();
    }

    /** The reading of {@link System#nanoTime()} when a client last closed a connection; 0 before the first. */
    public long lastGoneNanos() {
        return lastGoneNanos;
    }

    /** The bytes that the server has sent on the connection that was opened last, passed on or not. */
    public byte[] lastAnswer() {
        var connection = latest;
        return connection == null ? new byte[0] : connection.answer();
    }

    /** Closes everything. */
    @Override
    public void close() {
        closeQuietly(listener);
        connections.forEach(ProxiedConnection::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                client.setTcpNoDelay(true);
                var server = new Socket();
                server.connect(target, (int) Duration.ofSeconds(5).toMillis());
                var connection = new ProxiedConnection(client, server, mischief, this::ended);
                connections.add(connection);
                latest = connection;
                connection.start();
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void ended(ProxiedConnection connection, boolean byClient) {
        if (byClient) {
            lastGoneNanos = System.nanoTime();
        }
        connections.remove(connection);
    }

    static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // it is gone, which is what was wanted
            return;
        }
    }
}
