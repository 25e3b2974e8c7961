package dev.reprise.store;

import dev.reprise.identity.GenerationId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task to store.
 *
 * @param id its id, made by the client, so that storing it twice can be told from storing two
 * @param labels the names on it
 * @param placement where it belongs
 * @param priority higher runs first
 * @param timing its times, as durations on the store's clock
 * @param dependsOn tasks of the same submission or stored before that must succeed first; possibly none
 * @param idempotency how to recognise it when it is stored again, or null
 * @param requiredLevel the level that a process must have to change it, from 1; see {@link Level}
 * @param request its payload; opaque to the store
 */
public record NewTask(
        GenerationId id,
        TaskLabels labels,
        Placement placement,
        int priority,
        Timing timing,
        List<GenerationId> dependsOn,
        @Nullable Idempotency idempotency,
        int requiredLevel,
        Payload request) {

    /**
     * A task's times, as durations on the store's clock.
     *
     * @param startIn when it may first be claimed, counted from its creation; zero for at once
     * @param deadline when it must have ended, counted from its creation, or null
     * @param onCrash what becomes of it when its runner dies during a call
     */
    public record Timing(Duration startIn, @Nullable Duration deadline, OnCrash onCrash) {

        /** At once, without a deadline, sent again after a crash. */
        public static final Timing DEFAULT = new Timing(Duration.ZERO, null, OnCrash.RESEND);
    }

    /** What becomes of a task when its runner dies during a call, so that nobody knows how the call ended. */
    public enum OnCrash {
        /** It is made ready again; the provider may be paid twice. */
        RESEND,
        /** It fails. */
        FAIL
    }

    /**
     * How to recognise a task when it is stored again.
     *
     * @param key unique per owner, as long as the task has not been deleted
     * @param hash a hash of what was asked for: the same for the same input
     */
    public record Idempotency(String key, String hash) {}
}
