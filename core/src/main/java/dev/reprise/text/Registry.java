package dev.reprise.text;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.OutputProcessor;
import dev.reprise.provider.Provider;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The providers and output processors that a client knows by name.
 *
 * @param providers by name
 * @param processors by name
 * @param lenient whether names that are not known here are let through, because other processes run the tasks
 */
public record Registry(Map<String, Provider> providers, Map<String, OutputProcessor> processors, boolean lenient) {

    /** Copies the maps. */
    public Registry {
        providers = Map.copyOf(providers);
        processors = Map.copyOf(processors);
    }

    /**
     * Fills in the provider and the model that a request leaves open, and checks the names it gives.
     *
     * @throws InvalidRequestException when a name is missing or not known
     */
    public GenerationRequest resolve(GenerationRequest request) {
        var name = request.provider() == null ? onlyProvider() : request.provider();
        var provider = providers.get(name);
        if (provider == null && !lenient) {
            throw new InvalidRequestException("provider", name, "must be one of " + sorted(providers.keySet()));
        }
        var model = request.model() == null && provider != null ? provider.defaultModel() : request.model();
        if (model == null) {
            throw new InvalidRequestException("model", "", "must be named: provider " + name + " has no default model");
        }
        checkProcessor(request);
        return request.toBuilder().provider(name).model(model).build();
    }

    /** A provider by name, or null. */
    @Nullable
    Provider provider(String name) {
        return providers.get(name);
    }

    /** An output processor by name, or null. */
    @Nullable
    OutputProcessor processor(String name) {
        return processors.get(name);
    }

    private String onlyProvider() {
        if (providers.size() != 1) {
            throw new InvalidRequestException(
                    "provider", "", "must be named, because the client has " + sorted(providers.keySet()));
        }
        return providers.keySet().iterator().next();
    }

    private void checkProcessor(GenerationRequest request) {
        var name = request.processor();
        if (name == null) {
            return;
        }
        var processor = processors.get(name);
        if (processor != null) {
            processor.checkSettings(request.settings());
        } else if (!lenient) {
            throw new InvalidRequestException("processor", name, "must be one of " + sorted(processors.keySet()));
        }
    }

    private static String sorted(Set<String> names) {
        return new TreeSet<>(names).toString();
    }
}
