package dev.reprise;

import dev.reprise.attempt.CallSettings;
import dev.reprise.event.GenerationListener;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StorableText;
import dev.reprise.generation.OutputProcessor;
import dev.reprise.identity.IdSource;
import dev.reprise.provider.Diversity;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Provider;
import dev.reprise.refinement.Refinements;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.runner.Engine;
import dev.reprise.runner.EngineSettings;
import dev.reprise.runner.TaskFactory;
import dev.reprise.store.NewTask.OnCrash;
import dev.reprise.store.TaskStore;
import dev.reprise.text.Registry;
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

/** What a client is built from: its defaults, its limits, and how its parts are put together. Not thread-safe. */
final class ClientOptions {

    private static final int DEFAULT_CONCURRENCY = 64;
    private static final int MAX_CONCURRENCY = 10_000;
    private static final int MAX_VARIATIONS = 100;
    private static final int MAX_PROVIDER = 100;
    private static final int MAX_PROCESSOR = 100;
    private static final int MAX_NAME = 200;
    private static final Duration MAX_TIMEOUT = Duration.ofDays(1);
    private static final Duration MAX_RETRY_AFTER = Duration.ofDays(365);

    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final Map<String, OutputProcessor> processors = new LinkedHashMap<>();
    final List<GenerationListener> listeners = new ArrayList<>();

    @Nullable
    TaskStore taskStore;

    String name = "reprise-" + ProcessHandle.current().pid();
    RetrySchedule schedule = RetrySchedule.DEFAULT;
    OnCrash onCrash = OnCrash.RESEND;
    Diversity diversity = Diversity.angles();
    Guard guard = Guard.none();
    int maxConcurrent = DEFAULT_CONCURRENCY;

    @Nullable
    Integer maxConcurrentPerBatch;

    int maxVariations = Variations.DEFAULT_MAX_COUNT;
    boolean submitOnly;
    Duration attemptTimeout = Duration.ofMinutes(10);
    Duration idleTimeout = Duration.ofMinutes(1);
    Duration drainTimeout = Duration.ofSeconds(30);
    Duration maxRetryAfter = Duration.ofDays(1);
    private EngineSettings.Pace pace = EngineSettings.Pace.DEFAULT;
    TimeSource time = TimeSource.system();
    RandomGenerator random = new SecureRandom();

    void addProvider(Provider value) {
        checkName("provider", value.name(), MAX_PROVIDER);
        if (providers.putIfAbsent(value.name(), value) != null) {
            throw new InvalidRequestException("provider", value.name(), "must be added once");
        }
    }

    void addProcessor(String processorName, OutputProcessor value) {
        checkName("processor", processorName, MAX_PROCESSOR);
        if (processors.putIfAbsent(processorName, value) != null) {
            throw new InvalidRequestException("processor", processorName, "must be a name not used before");
        }
    }

    /** How long the process counts as alive after it was last heard of. */
    void lease(Duration value) {
        pace = new EngineSettings.Pace(pace.beat(), value, pace.poll());
    }

    /** A client of these, at work when this returns. */
    GenerationClient build() {
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
                maxRetryAfter,
                new CallSettings(diversity, guard, attemptTimeout, idleTimeout),
                drainTimeout,
                pace);
        var engine = new Engine(store, registry, settings, listeners, new Engine.Surroundings(time, random, ids));
        return new GenerationClient(
                engine,
                new SubmissionFactories(
                        new Variations(tasks, maxVariations, maxConcurrentPerBatch), new Refinements(tasks)));
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
        if (maxRetryAfter.isNegative() || maxRetryAfter.compareTo(MAX_RETRY_AFTER) > 0) {
            throw new InvalidRequestException("maxRetryAfter", maxRetryAfter, "must be PT0S to " + MAX_RETRY_AFTER);
        }
        checkDuration("idleTimeout", idleTimeout, Duration.ofMillis(1));
        checkDuration("drainTimeout", drainTimeout, Duration.ZERO);
        checkDuration("lease", pace.lease(), Duration.ofSeconds(3));
    }

    private static void checkName(String field, String value, int max) {
        if (value.isBlank() || value.length() > max) {
            throw new InvalidRequestException(field, value, "must have 1 to " + max + " characters");
        }
        StorableText.checkName(field, value);
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
