package dev.reprise.examples.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a request, read field by field; what is not as it should be is a 400 that names the field.
 *
 * @param path where the object stands in the body, such as {@code messages.0}; empty for the body itself
 */
record Fields(String path, Map<?, ?> values) {

    boolean has(String name) {
        return values.get(name) != null;
    }

    @Nullable
    Object value(String name) {
        return values.get(name);
    }

    String text(String name) throws RejectedException {
        Object value = required(name);
        if (value instanceof String text) {
            return text;
        }
        throw bad(name, "Input should be a valid string");
    }

    boolean flag(String name) throws RejectedException {
        Object value = value(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw bad(name, "Input should be a valid boolean");
    }

    OptionalDouble number(String name, double least, double most) throws RejectedException {
        Object value = value(name);
        if (value == null) {
            return OptionalDouble.empty();
        }
        if (!(value instanceof Double number)) {
            throw bad(name, "Input should be a valid number");
        }
        if (number < least || number > most) {
            throw bad(name, "Input should be from " + least + " to " + most);
        }
        return OptionalDouble.of(number);
    }

    OptionalInt integer(String name, int least) throws RejectedException {
        OptionalDouble number = number(name, least, Integer.MAX_VALUE);
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        if (number.getAsDouble() != Math.rint(number.getAsDouble())) {
            throw bad(name, "Input should be a valid integer");
        }
        return OptionalInt.of((int) number.getAsDouble());
    }

    /** The strings of an array; none when the field is absent. */
    List<String> texts(String name) throws RejectedException {
        List<String> texts = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof String text)) {
                throw bad(name, "Input should be a list of strings");
            }
            texts.add(text);
        }
        return texts;
    }

    /** The objects of an array; none when the field is absent. */
    List<Fields> objects(String name) throws RejectedException {
        List<Fields> objects = new ArrayList<>();
        for (Object item : items(name)) {
            String place = at(name) + "." + objects.size();
            if (!(item instanceof Map<?, ?> object)) {
                throw RejectedException.badRequest(place, "Input should be an object");
            }
            objects.add(new Fields(place, object));
        }
        return objects;
    }

    Object required(String name) throws RejectedException {
        Object value = value(name);
        if (value == null) {
            throw bad(name, "Field required");
        }
        return value;
    }

    void allowOnly(Set<String> names) throws RejectedException {
        for (Object name : values.keySet()) {
            if (!names.contains(String.valueOf(name))) {
                throw bad(String.valueOf(name), "Extra inputs are not permitted");
            }
        }
    }

    RejectedException bad(String name, String problem) {
        return RejectedException.badRequest(at(name), problem);
    }

    private List<?> items(String name) throws RejectedException {
        Object value = value(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw bad(name, "Input should be a valid list");
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
