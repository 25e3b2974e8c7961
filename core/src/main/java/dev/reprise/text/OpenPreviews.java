package dev.reprise.text;

import dev.reprise.attempt.CancelReason;
import dev.reprise.background.Drain;
import dev.reprise.failure.ClientClosedException;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The previews that are awaited, begun or not; closing treats them as it does calls under way. */
final class OpenPreviews {

    private final Set<PendingPreview> open = ConcurrentHashMap.newKeySet();
    private final Drain drain = new Drain(open::isEmpty, this::cancelAll);

    /**
     * Remembers a preview.
     *
     * @throws ClientClosedException when none may begin any more
     */
    void add(PendingPreview preview) {
        open.add(preview);
        var unused = preview.whenComplete((made, problem) -> {
            open.remove(preview);
            drain.check();
        });
        // Looks after it is remembered: whoever closes has either been seen here, or sees this preview.
        if (drain.begun()) {
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
        drain.begin(limit, time);
    }

    /** Waits until all have ended or had their last words; whoever still awaits one then is told of the closing. */
    void awaitEnd(Duration limit) {
        drain.awaitEnd(limit);
        open.forEach(preview -> preview.completeExceptionally(new ClientClosedException("preview")));
    }

    private void cancelAll() {
        open.forEach(preview -> preview.call().cancel(CancelReason.CLOSING));
    }
}
