package dev.reprise.testkit.store;

import dev.reprise.generation.GenerationKind;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.Level;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Payload;
import dev.reprise.store.Placement;
import dev.reprise.store.Submission;
import dev.reprise.store.TaskLabels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A task to submit, written in one line. What is not said is plain: ready at once, priority 0, in no batch. */
final class Draft {

    /** Whose tasks are that say nothing else. */
    static final Owner OWNER = Owner.of("owner-1");

    private final GenerationId id;
    private GenerationKind kind = GenerationKind.SINGLE;
    private @Nullable String label;
    private @Nullable String provider = "fake";
    private @Nullable String handler;
    private @Nullable String processor;
    private @Nullable String key;
    private @Nullable GenerationId parent;
    private int priority;
    private Duration startIn = Duration.ZERO;
    private @Nullable Duration deadline;
    private NewTask.OnCrash onCrash = NewTask.OnCrash.RESEND;
    private List<GenerationId> dependsOn = List.of();
    private NewTask.@Nullable Idempotency idempotency;
    private int requiredLevel = Level.ANY;
    private Payload request;

    private Draft(String id) {
        this.id = id(id);
        this.request = bytes("request of " + id);
    }

    static Draft task(String id) {
        return new Draft(id);
    }

    static GenerationId id(String value) {
        return new GenerationId(value);
    }

    static Payload bytes(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Tasks by themselves, in one submission. */
    static Submission alone(Draft... drafts) {
        return alone(OWNER, drafts);
    }

    static Submission alone(Owner owner, Draft... drafts) {
        return new Submission(
                owner,
                null,
                Stream.of(drafts).map(draft -> draft.build(null, null)).toList());
    }

    /** A batch without limit that goes on after a failure. */
    static Submission batch(String batch, Draft... drafts) {
        return batch(OWNER, new NewBatch(new BatchId(batch), null, null, false), drafts);
    }

    static Submission limited(String batch, int limit, Draft... drafts) {
        return batch(OWNER, new NewBatch(new BatchId(batch), null, limit, false), drafts);
    }

    static Submission batch(Owner owner, NewBatch batch, Draft... drafts) {
        var tasks = new ArrayList<NewTask>();
        for (int i = 0; i < drafts.length; i++) {
            tasks.add(drafts[i].build(batch.id(), i));
        }
        return new Submission(owner, batch, tasks);
    }

    /** As many tasks, with ids from {@code prefix + "00"} on. */
    static Draft[] many(String prefix, int count) {
        var drafts = new Draft[count];
        Arrays.setAll(drafts, i -> task(String.format(Locale.ROOT, "%s%04d", prefix, i)));
        return drafts;
    }

    String name() {
        return id.value();
    }

    Draft kind(GenerationKind value) {
        kind = value;
        return this;
    }

    Draft label(@Nullable String value) {
        label = value;
        return this;
    }

    Draft provider(String value) {
        provider = value;
        return this;
    }

    /** Run by the app's own code instead of a provider. */
    Draft handler(String value) {
        provider = null;
        handler = value;
        return this;
    }

    /** Decided by a person, run by nobody. */
    Draft awaitsDecision() {
        provider = null;
        handler = null;
        return this;
    }

    Draft requiredLevel(int value) {
        requiredLevel = value;
        return this;
    }

    Draft processor(String value) {
        processor = value;
        return this;
    }

    Draft key(String value) {
        key = value;
        return this;
    }

    Draft parent(String value) {
        parent = id(value);
        return this;
    }

    Draft priority(int value) {
        priority = value;
        return this;
    }

    Draft startIn(Duration value) {
        startIn = value;
        return this;
    }

    Draft deadline(Duration value) {
        deadline = value;
        return this;
    }

    Draft failsOnCrash() {
        onCrash = NewTask.OnCrash.FAIL;
        return this;
    }

    Draft dependsOn(String... ids) {
        dependsOn = Stream.of(ids).map(Draft::id).toList();
        return this;
    }

    Draft once(String idempotencyKey, String hash) {
        idempotency = new NewTask.Idempotency(idempotencyKey, hash);
        return this;
    }

    Draft request(Payload value) {
        request = value;
        return this;
    }

    NewTask build(@Nullable BatchId batch, @Nullable Integer position) {
        return new NewTask(
                id,
                new TaskLabels(kind, label, provider, provider == null ? null : "fake-model", processor, handler),
                new Placement(batch, position, key, parent),
                priority,
                new NewTask.Timing(startIn, deadline, onCrash),
                dependsOn,
                idempotency,
                requiredLevel,
                request);
    }
}
