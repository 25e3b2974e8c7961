package dev.reprise.json;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import dev.reprise.display.CleanText;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okio.Buffer;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON as trees: {@link Map} with the order of the text, {@link List}, {@link String},
 * {@link Boolean}, {@link BigDecimal} and null. Numbers keep every digit, which Moshi's own untyped adapter does not.
 * Reading takes time in proportion to the text's length, whatever it holds: a number has at most 1,000 characters, and at
 * most 65,536 blanks stand in a row.
 */
public final class Json {

    private static final int MAX_EXPONENT = 1_000;
    private static final int MAX_PATH = 200;

    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @throws JsonFormatException when the text is not exactly one JSON value
     */
    public static @Nullable Object read(byte[] utf8) {
        JsonScan.check(utf8);
        return read(JsonReader.of(Okio.buffer(Okio.source(new ByteArrayInputStream(utf8)))));
    }

    /**
     * Reads one JSON value.
     *
     * @throws JsonFormatException when the text is not exactly one JSON value
     */
    public static @Nullable Object read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads one JSON object.
     *
     * @throws JsonFormatException when the text is not exactly one JSON object
     */
    public static JsonObject readObject(byte[] utf8) {
        return JsonObject.of(read(utf8));
    }

    /**
     * Reads one JSON object.
     *
     * @throws JsonFormatException when the text is not exactly one JSON object
     */
    public static JsonObject readObject(String text) {
        return JsonObject.of(read(text));
    }

    /** About how many bytes of memory the tree of a JSON text takes, at most; told without making it, for any bytes. */
    public static long memory(byte[] utf8) {
        return JsonScan.memory(utf8);
    }

    /** An object of two members that keep their order, which {@link Map#of} does not: it differs from run to run. */
    public static Map<String, Object> object(String first, Object value, String second, Object other) {
        var members = new LinkedHashMap<String, Object>();
        members.put(first, value);
        members.put(second, other);
        return members;
    }

    /** An object of three members that keep their order. */
    public static Map<String, Object> object(
            String first, Object value, String second, Object other, String third, Object last) {
        var members = object(first, value, second, other);
        members.put(third, last);
        return members;
    }

    /** The same tree with the members of every object sorted by name: equal trees are written as equal bytes. */
    public static @Nullable Object sorted(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            var members = new TreeMap<String, @Nullable Object>();
            map.forEach((name, value) -> members.put((String) name, sorted(value)));
            return members;
        }
        if (tree instanceof List<?> list) {
            var items = new ArrayList<@Nullable Object>();
            list.forEach(item -> items.add(sorted(item)));
            return items;
        }
        return tree;
    }

    /** Writes a tree as UTF-8, null members included. */
    public static byte[] writeBytes(@Nullable Object tree) {
        var buffer = new Buffer();
        write(buffer, tree);
        return buffer.readByteArray();
    }

    /** Writes a tree as text, null members included. */
    public static String write(@Nullable Object tree) {
        var buffer = new Buffer();
        write(buffer, tree);
        return buffer.readUtf8();
    }

    private static void write(Buffer buffer, @Nullable Object tree) {
        try {
            var writer = JsonWriter.of(buffer);
            writer.setSerializeNulls(true);
            writer.setLenient(true); // a value that is not an object or a list may stand alone
            writer.jsonValue(tree);
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object read(JsonReader reader) {
        try {
            var value = value(reader);
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw new JsonFormatException("more than one JSON value");
            }
            return value;
        } catch (EOFException e) {
            throw new JsonFormatException("the text ends within " + path(reader));
        } catch (IOException e) {
            throw new JsonFormatException("what stands at " + path(reader) + " is not JSON");
        } catch (JsonDataException e) {
            throw new JsonFormatException("nested too deep");
        } catch (NumberFormatException e) {
            throw new JsonFormatException("what stands at " + path(reader) + " is not a number");
        }
    }

    /** Where the reader stands; its names are whoever's who wrote the text, and as long. */
    private static String path(JsonReader reader) {
        return CleanText.shortened(reader.getPath(), MAX_PATH);
    }

    private static @Nullable Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case STRING -> reader.nextString();
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> reader.<Object>nextNull();
            default -> throw new JsonFormatException("unexpected " + reader.peek() + " at " + path(reader));
        };
    }

    private static BigDecimal number(String text) {
        var number = new BigDecimal(text);
        // Converting 1e999999999 to an integer would take the machine down.
        if (Math.abs((long) number.scale()) > MAX_EXPONENT) {
            throw new JsonFormatException("a number out of range");
        }
        return number;
    }

    private static Map<String, @Nullable Object> object(JsonReader reader) throws IOException {
        var map = new LinkedHashMap<String, @Nullable Object>();
        reader.beginObject();
        while (reader.hasNext()) {
            map.put(reader.nextName(), value(reader));
        }
        reader.endObject();
        return map;
    }

    private static List<@Nullable Object> array(JsonReader reader) throws IOException {
        var list = new ArrayList<@Nullable Object>();
        reader.beginArray();
        while (reader.hasNext()) {
            list.add(value(reader));
        }
        reader.endArray();
        return list;
    }
}
