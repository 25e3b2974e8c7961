package dev.reprise.provider.wire;

import dev.reprise.failure.FailureKind;
import dev.reprise.provider.CallControl;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** One request under way: the call of the present try, what may still stop it, and how far it came. */
final class CallInFlight {

    private static final Pattern PROXY =
            Pattern.compile("Failed to authenticate with proxy|Unexpected response code for CONNECT: 4\\d\\d");

    /** Where those exceptions are made whose messages are shown. */
    private static final List<String> NETWORK =
            List.of("java.", "sun.", "okhttp3.", "okio.", "dev.reprise.provider.wire.");

    private final OkHttpClient client;
    private final CallControl control;
    private final Redactor redactor;
    private final long endNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Call call;
    private @Nullable Runnable onStop;
    private boolean stopped;
    private volatile boolean sending;
    private volatile boolean answered;

    CallInFlight(OkHttpClient client, CallControl control, Redactor redactor) {
        this.client = client;
        this.control = control;
        this.redactor = redactor;
        this.endNanos = System.nanoTime() + control.timeout().toNanos();
    }

    /** Makes the call of the next try, or nothing when there must be none any more. */
    @Nullable
    Call next(Request request) {
        boolean late = endNanos - System.nanoTime() <= 0;
        lock.lock();
        try {
            if (stopped || control.cancelled() || late) {
                return null;
            }
            var next = client.newCall(request);
            next.timeout().timeout(remainingNanos(), TimeUnit.NANOSECONDS);
            next.addEventListener(new EventListener() {
                @Override
                public void requestHeadersStart(Call started) {
                    sending = true;
                }
            });
            call = next;
            sending = false;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Cuts the call off, now and for good. */
    void stop() {
        Call present;
        Runnable action;
        lock.lock();
        try {
            stopped = true;
            present = call;
            action = onStop;
        } finally {
            lock.unlock();
        }
        if (present != null) {
            present.cancel();
        }
        if (action != null) {
            action.run();
        }
    }

    /** Sets what else has to end when the call is cut off; at once when it has been. */
    void onStop(Runnable action) {
        boolean now;
        lock.lock();
        try {
            onStop = action;
            now = stopped;
        } finally {
            lock.unlock();
        }
        if (now) {
            action.run();
        }
    }

    /** What is left of the call's time, at least a millisecond: to OkHttp, zero would mean no limit. */
    long remainingNanos() {
        return Math.max(endNanos - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(1));
    }

    void answered() {
        answered = true;
    }

    /** Whether another try can do no harm and may help: the provider has not processed anything of the request. */
    boolean unsent(Interruption interruption, IOException cause) {
        return interruption.kind() == FailureKind.NETWORK
                && !(cause instanceof SSLException)
                && (!sending || refused(cause));
    }

    /**
     * Whether HTTP/2 says that the request was not processed (RFC 9113, section 8.7): its stream was refused, or it came
     * after the last one that a connection on its way out would take.
     */
    private static boolean refused(IOException cause) {
        var name = cause.getClass().getSimpleName();
        return name.equals("ConnectionShutdownException")
                || (name.equals("StreamResetException")
                        && String.valueOf(cause.getMessage()).endsWith("REFUSED_STREAM"));
    }

    /** Why there is no next call. */
    Interruption stoppedShort() throws InterruptedException {
        if (control.cancelled()) {
            return cancelled();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted during a provider call");
        }
        return timedOut();
    }

    /** What an exception of the call means. */
    Interruption interruption(IOException cause) throws InterruptedException {
        if (control.cancelled()) {
            return cancelled();
        }
        if (Thread.interrupted()) {
            var interrupted = new InterruptedException("interrupted during a provider call");
            interrupted.initCause(cause);
            throw interrupted;
        }
        var present = call;
        if (present != null && present.isCanceled()) {
            return timedOut();
        }
        if (cause instanceof SocketTimeoutException && sending) {
            return new Interruption(
                    FailureKind.TIMEOUT,
                    (answered ? "the stream was silent for " : "no answer began within ")
                            + shown(control.idleTimeout()));
        }
        if (PROXY.matcher(String.valueOf(cause.getMessage())).matches()) {
            return new Interruption(FailureKind.AUTH, "the proxy lets nothing through: " + cause.getMessage());
        }
        var what = sending ? "the connection broke" : "cannot connect";
        return new Interruption(
                FailureKind.NETWORK,
                redactor.clean(what + ": " + cause.getClass().getSimpleName() + reason(cause)));
    }

    private static Interruption cancelled() {
        return new Interruption(FailureKind.CANCELLED, "the call was cancelled");
    }

    private Interruption timedOut() {
        return new Interruption(FailureKind.TIMEOUT, "no whole answer within " + shown(control.timeout()));
    }

    private static Duration shown(Duration limit) {
        return limit.truncatedTo(ChronoUnit.MILLIS);
    }

    /** What the network says; what an interceptor or a DNS of the app says may hold anything. */
    private static String reason(IOException cause) {
        var trace = cause.getStackTrace();
        boolean ofTheNetwork = trace.length > 0 && NETWORK.stream().anyMatch(trace[0].getClassName()::startsWith);
        return cause.getMessage() == null || !ofTheNetwork ? "" : ": " + cause.getMessage();
    }
}
