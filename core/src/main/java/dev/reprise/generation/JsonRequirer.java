package dev.reprise.generation;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.Map;
import okio.Buffer;

/** Accepts what is one JSON value. */
final class JsonRequirer implements OutputProcessor {

    @Override
    public ProcessedOutput process(String text, Map<String, String> settings) {
        var stripped = text.strip();
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(stripped))) {
            reader.skipValue();
            return reader.peek() == JsonReader.Token.END_DOCUMENT
                    ? ProcessedOutput.accepted(stripped)
                    : ProcessedOutput.rejected("there is more after the JSON value");
        } catch (IOException | JsonDataException e) {
            return ProcessedOutput.rejected("not JSON: " + e.getMessage());
        }
    }
}
