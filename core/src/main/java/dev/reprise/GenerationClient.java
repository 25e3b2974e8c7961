package dev.reprise;

import dev.reprise.event.GenerationListener;
import dev.reprise.event.Health;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.OutputProcessor;
import dev.reprise.identity.IdSource;
import dev.reprise.identity.Owner;
import dev.reprise.provider.Diversity;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Provider;
import dev.reprise.refinement.Refinements;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.runner.Engine;
import dev.reprise.runner.EngineSettings;
import dev.reprise.runner.Registry;
import dev.reprise.runner.TaskFactory;
import dev.reprise.store.NewTask.OnCrash;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskStore;
import dev.reprise.time.TimeSource;
import dev.reprise.variation.Variations;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The library's facade: durable generations inside your own app. Built once, shared by all threads, closed at the end.
 *
 * <p>The client itself sees every owner's work and creates work that belongs to nobody; {@link #forOwner} gives the same
 * operations for one owner. It never closes the {@link TaskStore} it was given.
 */
public final class GenerationClient extends ScopedOperations implements AutoCloseable {

    private GenerationClient(Engine engine, Makers makers) {
        super(engine, makers, Owner.NONE, Scope.ALL);
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
        return scopedTo(Owner.of(owner));
    }

    /** How this client stands, without asking the store. */
    public Health health() {
        return engine().health();
    }

    /**
     * Looks for work at once, as after the commit of a transaction of the app's own that has submitted some. Never needed
     * for correctness: the client looks by itself every second.
     */
    public void wake() {
        engine().wake();
    }

    /**
     * Claims nothing more, waits for what is under way up to the drain timeout, and hands back the rest without using up
     * an attempt of its schedule; previews are waited for alike, and then cut off. Nothing is lost by closing or by not
     * closing. Idempotent.
     */
    @Override
    public void close() {
        engine().close();
    }

    /** Builds a {@link GenerationClient}; not thread-safe. */
    public static final class Builder {

        private static final int DEFAULT_CONCURRENCY = 64;
        private static final int MAX_CONCURRENCY = 10_000;
        private static final int MAX_VARIATIONS = 100;
        private static final int MAX_PROCESSOR = 100;
        private static final int MAX_NAME = 200;
        private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

        private final Map<String, Provider> providers = new LinkedHashMap<>();
        private final Map<String, OutputProcessor> processors = new LinkedHashMap<>();
        private final List<GenerationListener> listeners = new ArrayList<>();
        private @Nullable TaskStore taskStore;
        private String name = "reprise-" + ProcessHandle.current().pid();
        private RetrySchedule schedule = RetrySchedule.DEFAULT;
        private OnCrash onCrash = OnCrash.RESEND;
        private Diversity diversity = Diversity.angles();
        private Guard guard = Guard.none();
        private int maxConcurrent = DEFAULT_CONCURRENCY;
        private @Nullable Integer maxConcurrentPerBatch;
        private int maxVariations = Variations.DEFAULT_MAX_COUNT;
        private boolean submitOnly;
        private Duration attemptTimeout = Duration.ofMinutes(10);
        private Duration idleTimeout = Duration.ofMinutes(1);
        private Duration drainTimeout = Duration.ofSeconds(30);
        private EngineSettings.Pace pace = EngineSettings.Pace.DEFAULT;
        private TimeSource time = TimeSource.system();
        private RandomGenerator random = new SecureRandom();

        private Builder() {}

        /** Adds a provider under its own name. */
        public Builder provider(Provider value) {
            if (providers.putIfAbsent(value.name(), value) != null) {
                throw new InvalidRequestException("provider", value.name(), "must be added once");
            }
            return this;
        }

        /** The store, which the client does not close. */
        public Builder taskStore(TaskStore value) {
            taskStore = value;
            return this;
        }

        /** Registers an output processor under the name that requests refer to, 1 to 100 characters. */
        public Builder processor(String processorName, OutputProcessor value) {
            checkName("processor", processorName, MAX_PROCESSOR);
            if (processors.putIfAbsent(processorName, value) != null) {
                throw new InvalidRequestException("processor", processorName, "must be a name not used before");
            }
            return this;
        }

        /** The waits between attempts; default: 2, 4 and 8 seconds. */
        public Builder retry(RetrySchedule value) {
            schedule = value;
            return this;
        }

        /** How many generations this client works on at once, 1 to 10,000; default: 64. */
        public Builder maxConcurrent(int value) {
            maxConcurrent = value;
            return this;
        }

        /** How many generations of one batch may be under way at once in all processes; default: all. */
        public Builder maxConcurrentPerBatch(int value) {
            maxConcurrentPerBatch = value;
            return this;
        }

        /** How many variations a batch may have, 1 to 100; default: 4. */
        public Builder maxVariations(int value) {
            maxVariations = value;
            return this;
        }

        /** Adds a listener for what happens in this process. */
        public Builder listener(GenerationListener value) {
            listeners.add(value);
            return this;
        }

        /**
         * Makes a client without workers: it submits, reads and awaits what other processes work on. It may name
         * providers and processors that it does not know itself.
         */
        public Builder submitOnly() {
            submitOnly = true;
            return this;
        }

        /** What becomes of a generation whose process died during a call; default: it is sent again. */
        public Builder onCrash(OnCrash value) {
            onCrash = value;
            return this;
        }

        /** How variations are told apart where the temperature cannot be sent; default: {@link Diversity#angles()}. */
        public Builder diversity(Diversity value) {
            diversity = value;
            return this;
        }

        /**
         * What admits calls to each provider and model: a circuit breaker, a limit of calls at once, a rate. A generation
         * that is not admitted goes back to the store and comes again a little later; that is no attempt and holds no
         * thread. Default: {@link Guard#none()}.
         */
        public Builder guard(Guard value) {
            guard = value;
            return this;
        }

        /** The limit for one provider call, unless the request says otherwise; default: 10 minutes. */
        public Builder attemptTimeout(Duration value) {
            attemptTimeout = value;
            return this;
        }

        /** How long a stream may be silent between two events; default: 1 minute. */
        public Builder idleTimeout(Duration value) {
            idleTimeout = value;
            return this;
        }

        /** How long closing waits for what is under way, zero for not at all; default: 30 seconds. */
        public Builder drainTimeout(Duration value) {
            drainTimeout = value;
            return this;
        }

        /** The name of this process, for people, 1 to 200 characters; default: made from the process id. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /**
         * How long this process counts as alive after it was last heard of, at least 3 seconds; default: 30 seconds.
         * Another process takes its work over after that.
         */
        public Builder lease(Duration value) {
            pace = new EngineSettings.Pace(pace.beat(), value, pace.poll());
            return this;
        }

        /** Where clocks and timers come from; default: the system's. For tests. */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /** Where jitter and ids come from; default: a secure source. For tests. */
        public Builder random(RandomGenerator value) {
            random = value;
            return this;
        }

        /**
         * The client, at work when this returns.
         *
         * @throws InvalidRequestException when something is missing or out of range
         * @throws dev.reprise.failure.StoreException when the store cannot be used
         */
        public GenerationClient build() {
            var store = taskStore;
            if (store == null) {
                throw new InvalidRequestException("taskStore", "null", "must be given");
            }
            check();
            var ids = IdSource.timeOrdered(time, random);
            var registry = new Registry(providers, processors, submitOnly);
            var tasks = new TaskFactory(registry, ids, onCrash);
            var settings = new EngineSettings(
                    name,
                    submitOnly ? 0 : maxConcurrent,
                    schedule,
                    diversity,
                    guard,
                    new EngineSettings.Limits(attemptTimeout, idleTimeout, drainTimeout),
                    pace);
            var engine = new Engine(store, registry, settings, listeners, new Engine.Surroundings(time, random, ids));
            return new GenerationClient(
                    engine,
                    new Makers(new Variations(tasks, maxVariations, maxConcurrentPerBatch), new Refinements(tasks)));
        }

        private void check() {
            if (providers.isEmpty() && !submitOnly) {
                throw new InvalidRequestException("provider", "null", "must be given unless the client only submits");
            }
            checkName("name", name, MAX_NAME);
            checkRange("maxConcurrent", maxConcurrent, MAX_CONCURRENCY);
            checkRange("maxVariations", maxVariations, MAX_VARIATIONS);
            if (maxConcurrentPerBatch != null) {
                checkRange("maxConcurrentPerBatch", maxConcurrentPerBatch, MAX_CONCURRENCY);
            }
            checkDuration("attemptTimeout", attemptTimeout, Duration.ofMillis(1));
            checkDuration("idleTimeout", idleTimeout, Duration.ofMillis(1));
            checkDuration("drainTimeout", drainTimeout, Duration.ZERO);
            checkDuration("lease", pace.lease(), Duration.ofSeconds(3));
        }

        private static void checkName(String field, String value, int max) {
            if (value.isBlank() || value.length() > max) {
                throw new InvalidRequestException(field, value, "must have 1 to " + max + " characters");
            }
        }

        private static void checkRange(String field, int value, int max) {
            if (value < 1 || value > max) {
                throw new InvalidRequestException(field, value, "must be 1 to " + max);
            }
        }

        private static void checkDuration(String field, Duration value, Duration min) {
            if (value.compareTo(min) < 0 || value.compareTo(MAX_TIMEOUT) > 0) {
                throw new InvalidRequestException(field, value, "must be " + min + " to " + MAX_TIMEOUT);
            }
        }
    }
}
