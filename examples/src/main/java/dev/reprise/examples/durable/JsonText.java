package dev.reprise.examples.durable;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import dev.reprise.examples.command.PlainText;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects as maps, each on one line. */
final class JsonText {

    private static final JsonAdapter<Object> ADAPTER =
            new Moshi.Builder().build().adapter(Object.class).serializeNulls();

    private JsonText() {}

    static String write(Map<String, ? extends @Nullable Object> object) {
        return PlainText.escaped(ADAPTER.toJson(object));
    }

    /** @throws IllegalArgumentException when the text is no JSON object */
    static Map<?, ?> read(String text) {
        try {
            if (ADAPTER.fromJson(text) instanceof Map<?, ?> object) {
                return object;
            }
        } catch (IOException | JsonDataException e) {
            throw new IllegalArgumentException("must be a JSON object: " + text, e);
        }
        throw new IllegalArgumentException("must be a JSON object: " + text);
    }
}
