package dev.reprise.provider.wire;

import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Support;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known about a provider's models: what the app said, what is known about families, and what the provider has
 * refused since this process started. Thread-safe.
 */
public final class ProfileBook {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileBook.class);
    private static final String TEMPERATURE = "temperature";

    private final List<ModelProfile> own;
    private final List<ModelProfile> families;
    private final @Nullable String defaultModel;
    private final ConcurrentHashMap<String, Set<String>> refused = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> tokenParameters = new ConcurrentHashMap<>();

    /**
     * Opens a book.
     *
     * @param own what the app said; goes before all else, and the longest name before a shorter one
     * @param families what is known about families by their prefix
     * @param defaultModel the model for requests that name none, or null
     */
    public ProfileBook(List<ModelProfile> own, List<ModelProfile> families, @Nullable String defaultModel) {
        this.own = List.copyOf(own);
        this.families = List.copyOf(families);
        this.defaultModel = defaultModel;
    }

    /** What a model takes. */
    public ModelProfile profile(String model) {
        var described = longest(own, model).or(() -> longest(families, model));
        var profile = described.map(found -> found.forModel(model)).orElseGet(() -> ModelProfile.unknown(model));
        if (refuses(model, TEMPERATURE)) {
            profile = profile.withTemperature(Support.NO);
        }
        var tokenParameter = tokenParameters.get(model);
        return tokenParameter == null
                ? profile
                : profile.toBuilder().tokenParameter(tokenParameter).build();
    }

    /** The models that the app described, and its default model. */
    public List<ModelProfile> models() {
        var names = new LinkedHashSet<String>();
        own.forEach(profile -> names.add(profile.model()));
        if (defaultModel != null) {
            names.add(defaultModel);
        }
        return names.stream().map(this::profile).toList();
    }

    /** Whether a model has refused a parameter. */
    public boolean refuses(String model, String parameter) {
        return refused.getOrDefault(model, Set.of()).contains(parameter);
    }

    /** Remembers that a model refused a parameter, or wants it under another name. */
    public void refused(String model, Asked.Droppable parameter) {
        boolean news;
        if (parameter.replacement() == null) {
            news = refused.computeIfAbsent(model, name -> ConcurrentHashMap.newKeySet())
                    .add(parameter.name());
        } else {
            news = !parameter.replacement().equals(tokenParameters.put(model, parameter.replacement()));
        }
        if (news) {
            LOG.info(
                    "model {} refuses {}: {} from now on",
                    model,
                    parameter.name(),
                    parameter.replacement() == null ? "left out" : parameter.replacement());
        }
    }

    private static Optional<ModelProfile> longest(List<ModelProfile> profiles, String model) {
        return profiles.stream()
                .filter(profile -> model.startsWith(profile.model()))
                .max(Comparator.comparingInt(profile -> profile.model().length()));
    }
}
