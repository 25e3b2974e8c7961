package dev.reprise.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** One connection through the proxy: a thread for each direction. */
final class ProxiedConnection {

    private static final int CHUNK = 8_192;

    private final Socket client;
    private final Socket server;
    private final Mischief mischief;
    private final Ended ended;
    private final AtomicBoolean over = new AtomicBoolean();
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private long passed;

    ProxiedConnection(Socket client, Socket server, Mischief mischief, Ended ended) {
        this.client = client;
        this.server = server;
        this.mischief = mischief;
        this.ended = ended;
    }

    /** Told once that a connection is over. */
    interface Ended {
        void ended(ProxiedConnection connection, boolean byClient);
    }

    void start() {
        thread("socket-proxy-up", this::up);
        thread("socket-proxy-down", this::down);
    }

    byte[] answer() {
        synchronized (answer) {
            return answer.toByteArray();
        }
    }

    void close() {
        end(false);
    }

    private static void thread(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void up() {
        try {
            client.getInputStream().transferTo(server.getOutputStream());
            end(true);
        } catch (IOException e) {
            end(true);
        }
    }

    private void down() {
        var buffer = new byte[CHUNK];
        try {
            var out = client.getOutputStream();
            for (int read = server.getInputStream().read(buffer);
                    read >= 0;
                    read = server.getInputStream().read(buffer)) {
                synchronized (answer) {
                    answer.write(buffer, 0, read);
                }
                if (!pass(out, buffer, read)) {
                    return;
                }
            }
            end(false);
        } catch (IOException e) {
            end(false);
        }
    }

    /** Passes bytes on; says whether the answer goes on after them. */
    private boolean pass(OutputStream out, byte[] bytes, int count) throws IOException {
        if (mischief instanceof Mischief.Cut cut) {
            return limited(out, bytes, count, cut.after(), () -> end(false));
        }
        if (mischief instanceof Mischief.Reset reset) {
            return limited(out, bytes, count, reset.after(), this::reset);
        }
        if (mischief instanceof Mischief.Stall stall) {
            return limited(out, bytes, count, stall.after(), () -> {});
        }
        if (mischief instanceof Mischief.Trickle trickle) {
            trickle(out, bytes, count, trickle.bytes(), trickle.pause());
            return true;
        }
        write(out, bytes, 0, count);
        return true;
    }

    private boolean limited(OutputStream out, byte[] bytes, int count, long limit, Runnable then) throws IOException {
        int allowed = (int) Math.min(count, limit - passed);
        write(out, bytes, 0, allowed);
        if (passed < limit) {
            return true;
        }
        then.run();
        return false;
    }

    private void trickle(OutputStream out, byte[] bytes, int count, int size, Duration pause) throws IOException {
        for (int from = 0; from < count; from += size) {
            write(out, bytes, from, Math.min(size, count - from));
            if (!pause.isZero()) {
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    private void write(OutputStream out, byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
        out.flush();
        passed += count;
    }

    private void reset() {
        try {
            client.setSoLinger(true, 0); // closing sends RST instead of FIN
        } catch (IOException e) {
            return; // gone already
        } finally {
            end(false);
        }
    }

    private void end(boolean byClient) {
        if (over.compareAndSet(false, true)) {
            SocketProxy.closeQuietly(client);
            SocketProxy.closeQuietly(server);
            ended.ended(this, byClient);
        }
    }
}
