package dev.reprise.provider.wire;

import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Support;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known about a provider's models: what the app said, what is known about families, and what the provider has
 * refused since this process started. Thread-safe.
 */
public final class ProfileBook {

    private final List<ModelProfile> own;
    private final List<ModelProfile> families;
    private final Set<String> refusingTemperature = ConcurrentHashMap.newKeySet();

    /**
     * Opens a book.
     *
     * @param own what the app said; goes before all else, and the longest name before a shorter one
     * @param families what is known about families by their prefix
     */
    public ProfileBook(List<ModelProfile> own, List<ModelProfile> families) {
        this.own = List.copyOf(own);
        this.families = List.copyOf(families);
    }

    /** What a model takes. */
    public ModelProfile profile(String model) {
        var described = longest(own, model).or(() -> longest(families, model));
        var profile = described.map(found -> found.forModel(model)).orElseGet(() -> ModelProfile.unknown(model));
        return refusingTemperature.contains(model) ? profile.withTemperature(Support.NO) : profile;
    }

    /** The models that the app described. */
    public List<ModelProfile> models() {
        return own;
    }

    /** Remembers a refusal; says whether it was news. */
    public boolean refusesTemperature(String model) {
        return refusingTemperature.add(model);
    }

    private static Optional<ModelProfile> longest(List<ModelProfile> profiles, String model) {
        return profiles.stream()
                .filter(profile -> model.startsWith(profile.model()))
                .max(Comparator.comparingInt(profile -> profile.model().length()));
    }
}
