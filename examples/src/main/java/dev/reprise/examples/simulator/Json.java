package dev.reprise.examples.simulator;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists and plain values, which is all a simulator that only echoes shapes needs. */
final class Json {

    private static final JsonAdapter<Object> ADAPTER =
            new Moshi.Builder().build().adapter(Object.class).serializeNulls();

    private Json() {}

    /** A JSON object of alternating names and values, in that order; a null value is written as null. */
    static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }

    static String write(Map<String, @Nullable Object> object) {
        return ADAPTER.toJson(object);
    }

    static Fields read(String text) throws RejectedException {
        try {
            if (ADAPTER.fromJson(text) instanceof Map<?, ?> object) {
                return new Fields("", object);
            }
        } catch (IOException | JsonDataException e) {
            throw new RejectedException(ApiError.of(400, "The request body is not valid JSON: " + e.getMessage()));
        }
        throw new RejectedException(ApiError.of(400, "The request body must be a JSON object"));
    }
}
