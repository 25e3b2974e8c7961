package dev.reprise.generation;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import java.util.Map;

/** Accepts what is one JSON value. */
final class JsonRequirer implements OutputProcessor {

    @Override
    public ProcessedOutput process(String text, Map<String, String> settings) {
        var stripped = text.strip();
        try {
            Json.read(stripped);
            return ProcessedOutput.accepted(stripped);
        } catch (JsonFormatException e) {
            return ProcessedOutput.rejected("not JSON: " + e.getMessage());
        }
    }
}
