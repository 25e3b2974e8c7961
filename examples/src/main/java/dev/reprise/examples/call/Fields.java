package dev.reprise.examples.call;

import dev.reprise.examples.command.Durations;
import dev.reprise.failure.InvalidRequestException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a line, by their types; null counts as absent. */
record Fields(Map<?, ?> object) {

    private static final String HIDDEN = "***";

    /** @throws InvalidRequestException when there is a field besides these; its value may be a key, and is not shown */
    void only(List<String> names) {
        for (Object name : object.keySet()) {
            if (!names.contains(String.valueOf(name))) {
                throw new InvalidRequestException(
                        String.valueOf(name), HIDDEN, "is not known; known are " + String.join(", ", names));
            }
        }
    }

    @Nullable
    String text(String name) {
        var value = object.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new InvalidRequestException(name, name.equals(CallLine.API_KEY) ? HIDDEN : value, "must be a text");
    }

    String requiredText(String name) {
        var text = text(name);
        if (text == null) {
            throw new InvalidRequestException(name, "null", "must be given");
        }
        return text;
    }

    boolean flag(String name) {
        var value = object.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new InvalidRequestException(name, value, "must be true or false");
    }

    @Nullable
    Integer integer(String name) {
        var number = number(name);
        try {
            return number == null ? null : number.intValueExact();
        } catch (ArithmeticException e) {
            throw new InvalidRequestException(name, number, "must be a whole number");
        }
    }

    @Nullable
    Double decimal(String name) {
        var number = number(name);
        return number == null ? null : number.doubleValue();
    }

    @Nullable
    Duration duration(String name) {
        var value = object.get(name);
        return value == null ? null : duration(name, value);
    }

    @Nullable
    List<Duration> durations(String name) {
        var list = list(name);
        return list == null
                ? null
                : list.stream().map(item -> duration(name, item)).toList();
    }

    @Nullable
    List<?> list(String name) {
        var value = object.get(name);
        if (value == null || value instanceof List<?>) {
            return (List<?>) value;
        }
        throw new InvalidRequestException(name, value, "must be a list");
    }

    Map<?, ?> map(String name) {
        var value = object.get(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new InvalidRequestException(name, value, "must be an object");
    }

    private @Nullable BigDecimal number(String name) {
        var value = object.get(name);
        if (value == null || value instanceof BigDecimal) {
            return (BigDecimal) value;
        }
        throw new InvalidRequestException(name, value, "must be a number");
    }

    private static Duration duration(String name, @Nullable Object value) {
        var duration = value instanceof String text ? Durations.read(text) : Optional.<Duration>empty();
        return duration.orElseThrow(() ->
                new InvalidRequestException(name, String.valueOf(value), "must be a duration, as 0.1s, 8s or 2m"));
    }
}
