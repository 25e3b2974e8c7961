package dev.reprise.generation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was really sent, where it may differ from what was asked for.
 *
 * @param model the model that was named to the provider
 * @param parameters the optional parameters that were sent, by their names on the wire, as text
 * @param diversity the text added to the prompt to tell variations apart where the temperature could not be sent, or
 *     null when none was added
 */
public record Sent(
        String model,
        Map<String, String> parameters,
        @Nullable String diversity) {

    /** Copies the map. */
    public Sent {
        parameters = Map.copyOf(parameters);
    }
}
