package dev.reprise.provider.wire;

import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Support;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known about a provider's models: what the app said, what is known about families, and what the provider has
 * refused of late. A refusal counts in the circumstances it was made in: for the model, at this provider's URL, with the
 * same further fields in the body; and for an hour, since models change behind their names. Thread-safe.
 */
public final class ProfileBook {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileBook.class);
    private static final String TEMPERATURE = "temperature";
    private static final Duration COUNTS_FOR = Duration.ofHours(1);

    private final List<ModelProfile> own;
    private final List<ModelProfile> families;
    private final @Nullable String defaultModel;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<Circumstances, ConcurrentHashMap<OptionalParameter, Long>> refused =
            new ConcurrentHashMap<>();

    /** What a model was asked with. */
    private record Circumstances(String model, Set<String> fields) {
        Circumstances {
            fields = Set.copyOf(fields);
        }
    }

    /**
     * Opens a book.
     *
     * @param own what the app said; goes before all else, and the longest name before a shorter one
     * @param families what is known about families by their prefix
     * @param defaultModel the model for requests that name none, or null
     */
    public ProfileBook(List<ModelProfile> own, List<ModelProfile> families, @Nullable String defaultModel) {
        this(own, families, defaultModel, System::nanoTime);
    }

    /** The same by another clock. */
    ProfileBook(
            List<ModelProfile> own, List<ModelProfile> families, @Nullable String defaultModel, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.own = List.copyOf(own);
        this.families = List.copyOf(families);
        this.defaultModel = defaultModel;
    }

    /** What a model takes, when it is asked with nothing unusual. */
    ModelProfile profile(String model) {
        return profile(model, Set.of());
    }

    /**
     * What a model takes.
     *
     * @param fields the further fields that it is asked with
     */
    ModelProfile profile(String model, Set<String> fields) {
        var described = longest(own, model).or(() -> longest(families, model));
        var profile = described.map(found -> found.forModel(model)).orElseGet(() -> ModelProfile.unknown(model));
        for (var parameter : refusals(model, fields)) {
            if (parameter.replacement() != null) {
                profile = profile.toBuilder()
                        .tokenParameter(parameter.replacement())
                        .build();
            } else if (parameter.name().equals(TEMPERATURE)) {
                profile = profile.withTemperature(Support.NO);
            }
        }
        return profile;
    }

    /** The models that the app described, and its default model. */
    List<ModelProfile> models() {
        var names = new LinkedHashSet<String>();
        own.forEach(profile -> names.add(profile.model()));
        if (defaultModel != null) {
            names.add(defaultModel);
        }
        return names.stream().map(this::profile).toList();
    }

    /** The names of the parameters that a model refuses. */
    Set<String> refused(String model, Set<String> fields) {
        return refusals(model, fields).stream()
                .filter(parameter -> parameter.replacement() == null)
                .map(OptionalParameter::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** In order of time: what was refused last has the last word. */
    private List<OptionalParameter> refusals(String model, Set<String> fields) {
        var made = refused.get(new Circumstances(model, fields));
        if (made == null) {
            return List.of();
        }
        long now = nanoTime.getAsLong();
        made.values().removeIf(since -> now - since >= COUNTS_FOR.toNanos());
        return made.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue() - now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Remembers that a model refused a parameter, or wants it under another name. */
    void refused(String model, Set<String> fields, OptionalParameter parameter) {
        var before = refused.computeIfAbsent(new Circumstances(model, fields), key -> new ConcurrentHashMap<>())
                .put(parameter, nanoTime.getAsLong());
        if (before == null) {
            LOG.info(
                    "model {} refuses {}: {} for {}",
                    model,
                    parameter.name(),
                    parameter.replacement() == null ? "left out" : parameter.replacement(),
                    COUNTS_FOR);
        }
    }

    private static Optional<ModelProfile> longest(List<ModelProfile> profiles, String model) {
        return profiles.stream()
                .filter(profile -> model.startsWith(profile.model()))
                .max(Comparator.comparingInt(profile -> profile.model().length()));
    }
}
