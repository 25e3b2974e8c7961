package dev.reprise.provider.wire;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up on a thread that can be left behind: a lookup that hangs answers to no cancel, no interrupt and no time
 * limit, and the call must answer to all three. The threads are daemons and end after a second without work.
 */
final class AbandonableDns implements Dns {

    private static final Executor THREADS = executor();
    private static final ThreadLocal<@Nullable CallInFlight> PRESENT = new ThreadLocal<>();

    private final Dns dns;

    AbandonableDns(Dns dns) {
        this.dns = dns;
    }

    /** Says whose lookups the present thread makes, until it says null. */
    static void present(@Nullable CallInFlight call) {
        if (call == null) {
            PRESENT.remove();
        } else {
            PRESENT.set(call);
        }
    }

    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        var call = PRESENT.get();
        if (call == null) {
            return dns.lookup(hostname);
        }
        var found = new CompletableFuture<List<InetAddress>>();
        THREADS.execute(() -> {
            try {
                found.complete(dns.lookup(hostname));
            } catch (Throwable e) { // whoever waits must be told
                found.completeExceptionally(e);
            }
        });
        call.onStop(() -> found.completeExceptionally(new UnknownHostException("lookup given up")));
        return await(found, call);
    }

    private static List<InetAddress> await(CompletableFuture<List<InetAddress>> found, CallInFlight call)
            throws UnknownHostException {
        try {
            return found.get(call.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw unknown("lookup failed", e);
        } catch (TimeoutException e) {
            call.stop();
            throw unknown("lookup took too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("lookup interrupted", new InterruptedIOException());
        }
    }

    private static UnknownHostException unknown(String message, Exception cause) {
        var unknown = new UnknownHostException(message);
        unknown.initCause(cause);
        return unknown;
    }

    private static Executor executor() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            var thread = new Thread(work, "reprise-dns");
            thread.setDaemon(true);
            return thread;
        });
    }
}
