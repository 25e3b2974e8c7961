package dev.reprise.examples.call;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import dev.reprise.examples.command.PlainText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, texts, booleans and numbers that keep every digit. */
final class Json {

    private static final int MAX_EXPONENT = 400;

    private Json() {}

    /** Says why a text is not the JSON that was expected. */
    static final class NotJsonException extends Exception {

        private static final long serialVersionUID = 1L;

        NotJsonException(String message) {
            super(message);
        }
    }

    /** Reads a text that is one JSON object. */
    static Map<?, ?> object(String text) throws NotJsonException {
        if (read(text) instanceof Map<?, ?> object) {
            return object;
        }
        throw new NotJsonException("it is JSON, but no object");
    }

    /** The value that a text stands for, if it is JSON. */
    static Optional<Object> value(String text) {
        try {
            return Optional.ofNullable(read(text));
        } catch (NotJsonException e) {
            return Optional.empty();
        }
    }

    /** Writes a tree on one line, null members included. */
    static String write(Map<String, ?> object) {
        var buffer = new Buffer();
        try {
            var writer = JsonWriter.of(buffer);
            writer.setSerializeNulls(true);
            writer.jsonValue(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PlainText.escaped(buffer.readUtf8());
    }

    private static @Nullable Object read(String text) throws NotJsonException {
        var reader = JsonReader.of(new Buffer().writeUtf8(text));
        try {
            var value = read(reader);
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw new NotJsonException("more follows behind the first value");
            }
            return value;
        } catch (IOException | JsonDataException | NumberFormatException e) {
            // The reader's own messages quote the text, which may hold a key.
            throw new NotJsonException("not JSON at " + reader.getPath());
        }
    }

    private static @Nullable Object read(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                var object = new LinkedHashMap<String, @Nullable Object>();
                reader.beginObject();
                while (reader.hasNext()) {
                    object.put(reader.nextName(), read(reader));
                }
                reader.endObject();
                yield object;
            }
            case BEGIN_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                reader.beginArray();
                while (reader.hasNext()) {
                    list.add(read(reader));
                }
                reader.endArray();
                yield list;
            }
            case STRING -> reader.nextString();
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> reader.<Object>nextNull();
            default -> throw new IOException("no value");
        };
    }

    private static BigDecimal number(String text) throws IOException {
        var number = new BigDecimal(text);
        if (Math.abs((long) number.scale()) > MAX_EXPONENT) {
            throw new IOException("a number out of range");
        }
        return number;
    }
}
