package dev.reprise;

import dev.reprise.event.GenerationListener;
import dev.reprise.event.Health;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.Batch;
import dev.reprise.generation.BatchSummary;
import dev.reprise.generation.Chain;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.GenerationSummary;
import dev.reprise.generation.OutputProcessor;
import dev.reprise.generation.Page;
import dev.reprise.generation.Preview;
import dev.reprise.handle.BatchHandle;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.provider.Diversity;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Provider;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.runner.Engine;
import dev.reprise.store.CallerTransaction;
import dev.reprise.store.NewTask.OnCrash;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskStore;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The library's facade: durable generations inside your own app. Built once, shared by all threads, closed at the end.
 *
 * <p>The client itself sees every owner's work and creates work that belongs to nobody; {@link #forOwner} gives the same
 * operations for one owner. It never closes the {@link TaskStore} it was given.
 */
public final class GenerationClient implements GenerationOperations, AutoCloseable {

    private final Engine engine;
    private final ScopedOperations operations;

    GenerationClient(Engine engine, SubmissionFactories factories) {
        this.engine = engine;
        operations = new ScopedOperations(engine, factories, Owner.NONE, Scope.ALL);
    }

    /** Starts a client of defaults; it needs a store, and a provider unless it only submits. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The operations for one owner: what is created belongs to it, and other owners' work behaves as if it did not exist.
     *
     * @param owner the app's user; 1 to 100 characters
     * @throws InvalidRequestException when the name is blank, too long or reserved
     */
    public GenerationOperations forOwner(String owner) {
        return operations.scopedTo(Owner.of(owner));
    }

    /** How this client stands, without asking the store. */
    public Health health() {
        return engine.health();
    }

    /**
     * Looks for work at once, as after the commit of a transaction of the app's own that has submitted some. Never needed
     * for correctness: the client looks by itself every second.
     */
    public void wake() {
        engine.wake();
    }

    /**
     * Claims nothing more, waits for what is under way up to the drain timeout, and hands back the rest without using up
     * an attempt of its schedule; previews are waited for alike, and then cut off. Nothing is lost by closing or by not
     * closing. Idempotent.
     */
    @Override
    public void close() {
        engine.close();
    }

    @Override
    public GenerationSubmitter within(CallerTransaction transaction) {
        return operations.within(transaction);
    }

    @Override
    public CompletableFuture<Preview> preview(GenerationId parent, String instruction) {
        return operations.preview(parent, instruction);
    }

    @Override
    public CompletableFuture<Preview> preview(GenerationId parent, String instruction, Consumer<String> deltas) {
        return operations.preview(parent, instruction, deltas);
    }

    @Override
    public Chain chain(GenerationId id) {
        return operations.chain(id);
    }

    @Override
    public Chain lineage(GenerationId id) {
        return operations.lineage(id);
    }

    @Override
    public List<GenerationSummary> children(GenerationId parent) {
        return operations.children(parent);
    }

    @Override
    public Optional<Generation> get(GenerationId id) {
        return operations.get(id);
    }

    @Override
    public Optional<BatchSummary> summary(BatchId id) {
        return operations.summary(id);
    }

    @Override
    public Optional<Batch> batch(BatchId id) {
        return operations.batch(id);
    }

    @Override
    public Optional<Generation> byIdempotencyKey(String key) {
        return operations.byIdempotencyKey(key);
    }

    @Override
    public Page<GenerationSummary> list(GenerationQuery query) {
        return operations.list(query);
    }

    @Override
    public Page<BatchSummary> feed(int limit, @Nullable String cursor) {
        return operations.feed(limit, cursor);
    }

    @Override
    public boolean cancel(GenerationId id) {
        return operations.cancel(id);
    }

    @Override
    public boolean cancel(BatchId id) {
        return operations.cancel(id);
    }

    @Override
    public void delete(GenerationId id) {
        operations.delete(id);
    }

    @Override
    public GenerationHandle handle(GenerationId id) {
        return operations.handle(id);
    }

    @Override
    public BatchHandle handle(BatchId id) {
        return operations.handle(id);
    }

    @Override
    public GenerationHandle generate(GenerationRequest request) {
        return operations.generate(request);
    }

    @Override
    public List<GenerationHandle> generateAll(List<GenerationRequest> requests) {
        return operations.generateAll(requests);
    }

    @Override
    public BatchHandle variations(GenerationRequest request, int count) {
        return operations.variations(request, count);
    }

    @Override
    public GenerationHandle refine(GenerationId parent, String instruction) {
        return operations.refine(parent, instruction);
    }

    @Override
    public GenerationHandle continueFrom(GenerationId parent, String type, String prompt) {
        return operations.continueFrom(parent, type, prompt);
    }

    /** Builds a {@link GenerationClient}; not thread-safe. */
    public static final class Builder {

        private final ClientOptions options = new ClientOptions();

        private Builder() {}

        /** Adds a provider under its own name. */
        public Builder provider(Provider value) {
            options.addProvider(value);
            return this;
        }

        /** The store, which the client does not close. */
        public Builder taskStore(TaskStore value) {
            options.taskStore = value;
            return this;
        }

        /** Registers an output processor under the name that requests refer to, 1 to 100 characters. */
        public Builder processor(String processorName, OutputProcessor value) {
            options.addProcessor(processorName, value);
            return this;
        }

        /** The waits between attempts; default: 2, 4 and 8 seconds. */
        public Builder retry(RetrySchedule value) {
            options.schedule = value;
            return this;
        }

        /** How many generations this client works on at once, 1 to 10,000; default: 64. */
        public Builder maxConcurrent(int value) {
            options.maxConcurrent = value;
            return this;
        }

        /** How many generations of one batch may be under way at once in all processes; default: all. */
        public Builder maxConcurrentPerBatch(int value) {
            options.maxConcurrentPerBatch = value;
            return this;
        }

        /** How many variations a batch may have, 1 to 100; default: 4. */
        public Builder maxVariations(int value) {
            options.maxVariations = value;
            return this;
        }

        /** Adds a listener for what happens in this process. */
        public Builder listener(GenerationListener value) {
            options.listeners.add(value);
            return this;
        }

        /**
         * Makes a client without workers: it submits, reads and awaits what other processes work on. It may name
         * providers and processors that it does not know itself.
         */
        public Builder submitOnly() {
            options.submitOnly = true;
            return this;
        }

        /** What becomes of a generation whose process died during a call; default: it is sent again. */
        public Builder onCrash(OnCrash value) {
            options.onCrash = value;
            return this;
        }

        /** How variations are told apart where the temperature cannot be sent; default: {@link Diversity#angles()}. */
        public Builder diversity(Diversity value) {
            options.diversity = value;
            return this;
        }

        /**
         * What admits calls to each provider and model: a circuit breaker, a limit of calls at once, a rate. A generation
         * that is not admitted goes back to the store and comes again a little later; that is no attempt and holds no
         * thread. Default: {@link Guard#none()}.
         */
        public Builder guard(Guard value) {
            options.guard = value;
            return this;
        }

        /** The limit for one provider call, unless the request says otherwise; default: 10 minutes. */
        public Builder attemptTimeout(Duration value) {
            options.attemptTimeout = value;
            return this;
        }

        /** How long a stream may be silent between two events; default: 1 minute. */
        public Builder idleTimeout(Duration value) {
            options.idleTimeout = value;
            return this;
        }

        /**
         * The longest wait that a provider may ask for before another attempt, up to a year; default: 24 hours. A
         * generation that is asked to wait longer fails at once with the provider's kind and says until when. Waits of more
         * than an hour are told in a line of the log.
         */
        public Builder maxRetryAfter(Duration value) {
            options.maxRetryAfter = value;
            return this;
        }

        /** How long closing waits for what is under way, zero for not at all; default: 30 seconds. */
        public Builder drainTimeout(Duration value) {
            options.drainTimeout = value;
            return this;
        }

        /** The name of this process, for people, 1 to 200 characters; default: made from the process id. */
        public Builder name(String value) {
            options.name = value;
            return this;
        }

        /**
         * How long this process counts as alive after it was last heard of, at least 3 seconds; default: 30 seconds.
         * Another process takes its work over after that.
         */
        public Builder lease(Duration value) {
            options.lease(value);
            return this;
        }

        /** Where clocks and timers come from; default: the system's. For tests. */
        public Builder time(TimeSource value) {
            options.time = value;
            return this;
        }

        /** Where jitter and ids come from; default: a secure source. For tests. */
        public Builder random(RandomGenerator value) {
            options.random = value;
            return this;
        }

        /**
         * The client, at work when this returns.
         *
         * @throws InvalidRequestException when something is missing or out of range
         * @throws dev.reprise.failure.StoreException when the store cannot be used
         */
        public GenerationClient build() {
            return options.build();
        }
    }
}
