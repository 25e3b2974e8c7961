package dev.reprise.provider.openai;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A server of HTTP/1.1 that counts requests and connections, and closes the idle ones when it is told. */
final class ClosingServer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final ServerSocket listener;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    ClosingServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "closing-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void serve(Socket socket) {
        var body = OpenAiServer.completion("stop", "hi").getBytes(StandardCharsets.UTF_8);
        var head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length + "\r\n\r\n";
        try (socket;
                var in = new BufferedInputStream(socket.getInputStream())) {
            while (takesRequest(in)) {
                requests.incrementAndGet();
                var out = new ByteArrayOutputStream();
                out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
                out.writeBytes(body);
                socket.getOutputStream().write(out.toByteArray());
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private static boolean takesRequest(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        var length = LENGTH.matcher(head);
        return length.find() && in.readNBytes(Integer.parseInt(length.group(1))).length > 0;
    }

    /** Closes all connections; the other side has heard of it when this returns. */
    void closeIdle() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        open.clear();
    }

    int requests() {
        return requests.get();
    }

    int connections() {
        return connections.get();
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/v1";
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeIdle();
    }
}
