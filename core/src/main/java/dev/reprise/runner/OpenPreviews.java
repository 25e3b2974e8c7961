package dev.reprise.runner;

import dev.reprise.failure.ClientClosedException;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The previews that are awaited, begun or not; closing treats them as it does calls under way. */
final class OpenPreviews {

    private final Set<PendingPreview> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean draining;
    private volatile TimeSource.@Nullable Timer alarm;

    /**
     * Remembers a preview.
     *
     * @throws ClientClosedException when none may begin any more
     */
    void add(PendingPreview preview) {
        open.add(preview);
        var unused = preview.whenComplete((made, problem) -> {
            open.remove(preview);
            checkEnded();
        });
        // Looks after it is remembered: whoever closes has either been seen here, or sees this preview.
        if (draining) {
            refuse(preview);
        }
    }

    /** Ends a preview that cannot begin. */
    void refuse(PendingPreview preview) {
        var closed = new ClientClosedException("preview");
        preview.completeExceptionally(closed);
        throw closed;
    }

    /** Has no more begin, and those that are under way cut off after a limit. */
    void drain(Duration limit, TimeSource time) {
        draining = true;
        checkEnded();
        if (open.isEmpty()) {
            return;
        }
        if (limit.isZero()) {
            cutAll();
        }
        alarm = time.schedule(limit, () -> {
            cutAll();
            time.schedule(EngineSettings.LAST_WORDS, ended::countDown);
        });
    }

    /** Waits until all have ended or had their last words; whoever still awaits one then is told of the closing. */
    void awaitEnd(Duration limit) {
        var bound = limit.plus(EngineSettings.LAST_WORDS).plus(EngineSettings.LAST_WORDS);
        try {
            // The alarms decide; this bound only guards against a clock that never moves.
            if (!ended.await(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                cutAll();
            }
        } catch (InterruptedException e) {
            cutAll();
            Thread.currentThread().interrupt();
        }
        var set = alarm;
        if (set != null) {
            set.cancel();
        }
        open.forEach(preview -> preview.completeExceptionally(new ClientClosedException("preview")));
    }

    private void cutAll() {
        open.forEach(preview -> preview.call().cut(ActiveCall.Cut.CLOSING));
    }

    private void checkEnded() {
        if (draining && open.isEmpty()) {
            ended.countDown();
        }
    }
}
