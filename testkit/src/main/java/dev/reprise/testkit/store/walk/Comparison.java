package dev.reprise.testkit.store.walk;

import dev.reprise.identity.RunnerId;
import dev.reprise.store.BatchRow;
import dev.reprise.store.Payload;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskSummary;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Compares what two stores say. The same runner has another id in each, and is known by its name in the walk. */
record Comparison(Side reference, Side subject) {

    private static final Map<Class<?>, RecordComponent[]> COMPONENTS = new ConcurrentHashMap<>();

    /** The first difference, with the way to it; null when there is none. */
    @Nullable
    String difference(String where, @Nullable Object expected, @Nullable Object actual) {
        if (Objects.equals(expected, actual)) {
            return null;
        }
        if (expected instanceof RunnerId one && actual instanceof RunnerId other) {
            return leaves(where, reference.alias(one), subject.alias(other));
        }
        if (expected instanceof Optional<?> one && actual instanceof Optional<?> other) {
            return difference(where, one.orElse(null), other.orElse(null));
        }
        if (expected instanceof List<?> one && actual instanceof List<?> other) {
            return lists(where, one, other);
        }
        if (expected instanceof Map<?, ?> one && actual instanceof Map<?, ?> other) {
            return maps(where, one, other);
        }
        if (expected instanceof Record one && actual instanceof Record other && one.getClass() == other.getClass()) {
            return records(where, one, other);
        }
        return leaves(where, expected, actual);
    }

    private static @Nullable String leaves(String where, @Nullable Object expected, @Nullable Object actual) {
        return Objects.equals(expected, actual)
                ? null
                : where + ": " + text(expected) + " in the reference, " + text(actual) + " in the store";
    }

    private @Nullable String lists(String where, List<?> expected, List<?> actual) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            var difference = difference(where + "[" + name(expected.get(i), i) + "]", expected.get(i), actual.get(i));
            if (difference != null) {
                return difference;
            }
        }
        if (expected.size() == actual.size()) {
            return null;
        }
        var more = expected.size() > actual.size() ? expected : actual;
        var one = more.get(Math.min(expected.size(), actual.size()));
        return leaves(where + ".size", expected.size(), actual.size()) + "; one more is " + text(one);
    }

    /** What an element of a list is called: by its id where it has one. */
    private static Object name(Object element, int index) {
        if (element instanceof StoredTask task) {
            return task.row().id();
        }
        if (element instanceof TaskSummary task) {
            return task.row().id();
        }
        return element instanceof BatchRow batch ? batch.id() : index;
    }

    private @Nullable String maps(String where, Map<?, ?> expected, Map<?, ?> actual) {
        Set<Object> keys = new LinkedHashSet<>(expected.keySet());
        keys.addAll(actual.keySet());
        for (Object key : keys) {
            var difference = difference(where + "[" + key + "]", expected.get(key), actual.get(key));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private @Nullable String records(String where, Record expected, Record actual) {
        for (var component : COMPONENTS.computeIfAbsent(expected.getClass(), Class::getRecordComponents)) {
            var difference =
                    difference(where + "." + component.getName(), value(component, expected), value(component, actual));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static @Nullable Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof Payload payload
                ? new String(payload.bytes(), StandardCharsets.UTF_8)
                : String.valueOf(value);
    }
}
